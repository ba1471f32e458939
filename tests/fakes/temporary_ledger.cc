#include "tests/fakes/temporary_ledger.h"

#include <filesystem>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "server/ledger/sqlite_journal.h"
#include "server/sealing/aead_sealer.h"
#include "server/sealing/keyring.h"

namespace bursar {

TemporaryLedger::TemporaryLedger(Random& random, const Clock& clock)
    : random_(random), clock_(clock) {
  std::string pattern =
      (std::filesystem::temp_directory_path() / "bursar-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) std::abort();
  folder_ = pattern;
  const std::string keyring_file = absl::StrCat(folder_, "/keyring");
  const absl::Status created = Keyring::Create(keyring_file, random);
  EXPECT_TRUE(created.ok()) << created;
  auto keyring = Keyring::Load(keyring_file);
  EXPECT_TRUE(keyring.ok()) << keyring.status();
  auto sealer = AeadSealer::Create(*std::move(keyring));
  EXPECT_TRUE(sealer.ok()) << sealer.status();
  sealer_ = *std::move(sealer);
  Reopen();
}

void TemporaryLedger::Reopen() {
  Close();
  auto journal = SqliteJournal::Open(
      {absl::StrCat(folder_, "/ledger.db"), sealer_.get(), &random_},
      clock_.Now());
  EXPECT_TRUE(journal.ok()) << journal.status();
  journal_ = *std::move(journal);
}

TemporaryLedger::~TemporaryLedger() {
  Close();
  std::filesystem::remove_all(folder_);
}

}  // namespace bursar
