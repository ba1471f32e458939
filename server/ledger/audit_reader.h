// Checks the chain of events in a ledger, or in a copy of one: reads only, and
// needs none of the keys that it is sealed with.

#ifndef BURSAR_SERVER_LEDGER_AUDIT_READER_H_
#define BURSAR_SERVER_LEDGER_AUDIT_READER_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "server/core/audit_store.h"
#include "server/core/event_chain.h"
#include "server/core/notary.h"

namespace bursar {

/// What the chain must be, besides whole.
struct AuditExpectation {
  /// Set: signed by this key. Else by the ledger's own, for which nobody
  /// vouches.
  std::optional<std::string> public_key;
  /// Set: that event has that hash, from the server's head of some time ago.
  struct KnownEvent {
    int64_t event = 0;
    std::string hash;
  };
  std::optional<KnownEvent> known;
};

struct AuditReport {
  ChainEnds ends;
  /// The first one; nothing if all is as it was written.
  std::optional<ChainFlaw> flaw;
};

/// Walks the whole chain of the ledger at `path`, and tells `progress` every so
/// often which event it has come to. Refuses with kLedgerUnavailable what
/// cannot be read, or is no ledger with a chain.
absl::StatusOr<AuditReport> CheckAudit(
    const std::string& path, const AuditExpectation& expected,
    const Notary& notary, const std::function<void(int64_t event)>& progress);

}  // namespace bursar

#endif  // BURSAR_SERVER_LEDGER_AUDIT_READER_H_
