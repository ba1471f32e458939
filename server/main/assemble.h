// The broker as a whole: builds the stack from a Config and owns it. The only
// code that names concrete classes. Thread-safe.

#ifndef BURSAR_SERVER_MAIN_ASSEMBLE_H_
#define BURSAR_SERVER_MAIN_ASSEMBLE_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "server/base/clock.h"
#include "server/config/config.h"
#include "server/core/journal.h"

namespace bursar {

/// What a test puts in the place of the real thing.
struct Overrides {
  /// Borrowed; null: the machine's.
  const Clock* clock = nullptr;
  /// Set: makes the journal that is used out of the one over the ledger.
  std::function<std::unique_ptr<Journal>(std::unique_ptr<Journal>)> journal;
};

class Broker {
 public:
  /// Opens the ledger, listens, and answers from now on. Fails, with words for
  /// the operator, if anything that `config` names is not fit.
  static absl::StatusOr<std::unique_ptr<Broker>> Assemble(
      const Config& config, const Overrides& overrides = {});

  /// As Drain without waiting.
  ~Broker();

  /// Where RPCs are answered, free ports filled in.
  const std::vector<std::string>& rpc_addresses() const;

  /// Where browsers come back to; empty without a web listener.
  std::string web_url() const;

  /// Where Prometheus scrapes; empty without a metrics listener.
  std::string metrics_url() const;

  /// Goes down in order: no new calls or browsers, those under way end within
  /// `timeout`. Whether all did. Blocks; call it once.
  bool Drain(absl::Duration timeout);

 private:
  struct Stack;

  explicit Broker(std::unique_ptr<Stack> stack);

  std::unique_ptr<Stack> stack_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_MAIN_ASSEMBLE_H_
