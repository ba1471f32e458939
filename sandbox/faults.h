// What is to go wrong with the next calls, as a test scripted it.
// Thread-safe: one mutex, held to look a fault up, never while it is acted.

#ifndef BURSAR_SANDBOX_FAULTS_H_
#define BURSAR_SANDBOX_FAULTS_H_

#include <cstdint>
#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace bursar::sandbox {

enum class FaultKind {
  kDelay,   ///< The answer comes late.
  kReset,   ///< The connection is reset instead of an answer.
  kDrop,    ///< The connection is closed instead of an answer.
  kStall,   ///< Nothing more comes, and the connection stays.
  kAnswer,  ///< Another answer comes.
  kEdit,    ///< The true answer comes, with fields changed.
};

struct Fault {
  /// A call's name, "token.any", or "any".
  std::string call;
  int64_t times = 1;
  FaultKind kind = FaultKind::kDelay;
  /// Whether the sandbox does what it was asked before the fault strikes.
  bool after_processing = false;
  absl::Duration delay = absl::ZeroDuration();
  /// Of kAnswer. No status: 200.
  int status = 200;
  std::map<std::string, std::string> headers;
  std::string body;
  /// If not 0: so many bytes of filler instead of `body`.
  int64_t body_bytes = 0;
  /// Of kEdit: a JSON object to merge into the answer's (null deletes).
  std::string merge_patch;
};

class Faults {
 public:
  /// Faults of one call strike in the order they were added.
  void Add(Fault fault);

  void Clear();

  /// The fault that the next call called `call` meets; one of its times is used
  /// up.
  std::optional<Fault> Take(absl::string_view call);

  /// What is still to come.
  std::vector<Fault> List() const;

 private:
  mutable std::mutex mutex_;
  std::list<Fault> faults_;
};

}  // namespace bursar::sandbox

#endif  // BURSAR_SANDBOX_FAULTS_H_
