#include "tests/fakes/temporary_ledger.h"

#include <utility>

#include "gtest/gtest.h"
#include "server/ledger/sqlite_journal.h"
#include "server/sealing/keyring.h"

namespace bursar {

TemporaryLedger::TemporaryLedger(Random& random, const Clock& clock)
    : random_(random), clock_(clock) {
  auto sealer = AeadSealer::Create(NewKeyring());
  EXPECT_TRUE(sealer.ok()) << sealer.status();
  sealer_ = *std::move(sealer);
  Reopen();
}

Keyring TemporaryLedger::NewKeyring() {
  keyring_file_ += keyring_file_.empty() ? folder_.Path("keyring") : "+";
  const absl::Status created = Keyring::Create(keyring_file_, random_);
  EXPECT_TRUE(created.ok()) << created;
  auto keyring = Keyring::Load(keyring_file_);
  EXPECT_TRUE(keyring.ok()) << keyring.status();
  return *std::move(keyring);
}

std::string TemporaryLedger::AddKey() {
  sealer_->Replace(NewKeyring().JoinedBy(*sealer_->keyring()));
  return sealer_->KeyIds().front();
}

void TemporaryLedger::ForgetOldKeys() {
  auto keyring = Keyring::Load(keyring_file_);
  EXPECT_TRUE(keyring.ok()) << keyring.status();
  sealer_->Replace(*std::move(keyring));
}

void TemporaryLedger::Reopen() {
  Close();
  auto journal = SqliteJournal::Open(
      {folder_.Path("ledger.db"), *sealer_, random_, notary_}, clock_.Now());
  EXPECT_TRUE(journal.ok()) << journal.status();
  journal_ = *std::move(journal);
}

}  // namespace bursar
