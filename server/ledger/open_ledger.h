// How a ledger's file is opened: checked first, with every refusal saying what
// is wrong and what to do, then locked, migrated, and connected to.

#ifndef BURSAR_SERVER_LEDGER_OPEN_LEDGER_H_
#define BURSAR_SERVER_LEDGER_OPEN_LEDGER_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "server/base/random.h"
#include "server/base/secret.h"
#include "server/core/notary.h"
#include "server/core/sealer.h"
#include "server/ledger/database.h"
#include "server/ledger/file_lock.h"

namespace bursar {

/// An open ledger. The connections are closed before the lock is given back.
struct OpenedLedger {
  FileLock lock;
  std::unique_ptr<Database> writer;
  /// Cannot write.
  std::unique_ptr<Database> reader;
  /// What the digests of secrets are keyed with.
  Secret digest_key;
  /// What the chain of events is signed with.
  Secret signing_key;
};

/// Opens the ledger at `path`, or makes a new one. Refuses with
/// kLedgerUnavailable or, where `sealer` cannot open what the ledger sealed,
/// kKeyUnavailable; what was there is then as it was.
absl::StatusOr<OpenedLedger> OpenLedger(const std::string& path,
                                        const Sealer& sealer,
                                        const Notary& notary, Random& random,
                                        absl::Time now);

}  // namespace bursar

#endif  // BURSAR_SERVER_LEDGER_OPEN_LEDGER_H_
