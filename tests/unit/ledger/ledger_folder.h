// A folder with a key file and place for a ledger, for the tests of how ledgers
// are opened. Goes with all that is in it.

#ifndef BURSAR_TESTS_UNIT_LEDGER_LEDGER_FOLDER_H_
#define BURSAR_TESTS_UNIT_LEDGER_LEDGER_FOLDER_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "server/base/random.h"
#include "server/core/sealer.h"
#include "server/ledger/sqlite_journal.h"
#include "server/sealing/ed25519_notary.h"
#include "tests/fakes/temporary_folder.h"

namespace bursar {

class LedgerFolder {
 public:
  LedgerFolder();

  const std::string& folder() const { return folder_.path(); }
  std::string path() const { return folder_.Path("ledger.db"); }
  absl::Time now() const { return absl::FromUnixSeconds(1'800'000'000); }

  /// Opens the ledger with the folder's key.
  absl::StatusOr<std::unique_ptr<SqliteJournal>> Open();
  /// The same elsewhere.
  absl::StatusOr<std::unique_ptr<SqliteJournal>> OpenAt(
      const std::string& path);
  const Sealer& sealer() const { return *sealer_; }
  /// Forgets the key and makes another.
  void ReplaceKey();

 private:
  SystemRandom random_;
  const TemporaryFolder folder_;
  std::unique_ptr<Sealer> sealer_;
  Ed25519Notary notary_;
};

/// What Open refused with, or "opened".
std::string RefusalText(
    const absl::StatusOr<std::unique_ptr<SqliteJournal>>& journal);

std::string ReadBytes(const std::string& path);
void WriteBytes(const std::string& path, const std::string& bytes);

/// Adds client crm, with the secret "client-secret".
absl::Status AddClient(Ledger& ledger, absl::Time now);

/// Adds a grant of crm's with the tokens "refresh-ID" and "access-ID".
absl::Status AddGrant(Ledger& ledger, const std::string& id, absl::Time now);

}  // namespace bursar

#endif  // BURSAR_TESTS_UNIT_LEDGER_LEDGER_FOLDER_H_
