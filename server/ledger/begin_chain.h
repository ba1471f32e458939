// How the chain of events begins: with a key of the ledger's own, and, in a
// ledger that is older than the chain, with the events that it has. Works on a
// connection that nobody else uses at the time.

#ifndef BURSAR_SERVER_LEDGER_BEGIN_CHAIN_H_
#define BURSAR_SERVER_LEDGER_BEGIN_CHAIN_H_

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "server/base/secret.h"
#include "server/core/notary.h"
#include "server/core/sealer.h"
#include "server/ledger/database.h"

namespace bursar {

/// Begins the chain where that was not done yet, wholly or not at all. Returns
/// what it is signed with. Refuses with kKeyUnavailable.
absl::StatusOr<Secret> BeginChain(Database& database, const Sealer& sealer,
                                  const Notary& notary, absl::Time now);

}  // namespace bursar

#endif  // BURSAR_SERVER_LEDGER_BEGIN_CHAIN_H_
