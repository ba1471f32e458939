// A real ledger in a folder of its own that goes with it. Used from one thread.

#ifndef BURSAR_TESTS_FAKES_TEMPORARY_LEDGER_H_
#define BURSAR_TESTS_FAKES_TEMPORARY_LEDGER_H_

#include <memory>
#include <string>

#include "server/base/clock.h"
#include "server/base/random.h"
#include "server/core/journal.h"
#include "server/sealing/aead_sealer.h"
#include "server/sealing/ed25519_notary.h"
#include "tests/fakes/temporary_folder.h"

namespace bursar {

class TemporaryLedger {
 public:
  TemporaryLedger(Random& random, const Clock& clock);

  Journal& journal() { return *journal_; }
  AeadSealer& sealer() { return *sealer_; }
  const std::string& folder() const { return folder_.path(); }

  /// Puts a new key before those there are; its id.
  std::string AddKey();
  /// Leaves the one that seals.
  void ForgetOldKeys();

  /// Opens it anew, as another process would. Nothing may use the journal
  /// before any more.
  void Reopen();

  /// Ends the journal's threads; nothing may use it from then on.
  void Close() { journal_.reset(); }

 private:
  Random& random_;
  const Clock& clock_;
  Keyring NewKeyring();

  const TemporaryFolder folder_;
  std::unique_ptr<AeadSealer> sealer_;
  // The last that was made.
  std::string keyring_file_;
  Ed25519Notary notary_;
  std::unique_ptr<Journal> journal_;
};

}  // namespace bursar

#endif  // BURSAR_TESTS_FAKES_TEMPORARY_LEDGER_H_
