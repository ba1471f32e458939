#include "tests/unit/ledger/ledger_folder.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "server/sealing/aead_sealer.h"

namespace bursar {

LedgerFolder::LedgerFolder() { ReplaceKey(); }

absl::StatusOr<std::unique_ptr<SqliteJournal>> LedgerFolder::Open() {
  return OpenAt(path());
}

absl::StatusOr<std::unique_ptr<SqliteJournal>> LedgerFolder::OpenAt(
    const std::string& path) {
  return SqliteJournal::Open({path, *sealer_, random_, notary_}, now());
}

void LedgerFolder::ReplaceKey() {
  const std::string file = folder_.Path("keys");
  std::filesystem::remove(file);
  EXPECT_TRUE(Keyring::Create(file, random_).ok());
  auto keyring = Keyring::Load(file);
  EXPECT_TRUE(keyring.ok()) << keyring.status();
  sealer_ = *AeadSealer::Create(*std::move(keyring));
}

std::string RefusalText(
    const absl::StatusOr<std::unique_ptr<SqliteJournal>>& journal) {
  return journal.ok() ? "opened" : std::string(journal.status().message());
}

std::string ReadBytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

void WriteBytes(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

absl::Status AddClient(Ledger& ledger, absl::Time now) {
  Client client;
  client.name = ClientName("crm");
  client.provider = ProviderName("zoho");
  return ledger.clients()
      .Create(client, Secret::Copy("client-secret"), now)
      .status();
}

absl::Status AddGrant(Ledger& ledger, const std::string& id, absl::Time now) {
  NewGrant grant;
  grant.id = GrantId(id);
  grant.user = UserId("ada");
  grant.client = ClientName("crm");
  grant.refresh_token = Secret::Copy(absl::StrCat("refresh-", id));
  grant.access_token.emplace();
  grant.access_token->value = Secret::Copy(absl::StrCat("access-", id));
  grant.access_token->obtained = now;
  grant.access_token->expiry = now + absl::Hours(1);
  return ledger.grants().Add(grant, now);
}

}  // namespace bursar
