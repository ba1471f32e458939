#include <filesystem>

#include "absl/strings/match.h"
#include "gtest/gtest.h"
#include "server/core/reason.h"
#include "server/ledger/database.h"
#include "tests/conformance/run_work.h"
#include "tests/unit/ledger/ledger_folder.h"

namespace bursar {
namespace {

absl::Status AddTwoGrants(Ledger& ledger, absl::Time now) {
  absl::Status status = AddClient(ledger, now);
  if (status.ok()) status = AddGrant(ledger, "g1", now);
  if (status.ok()) status = AddGrant(ledger, "g2", now);
  return status;
}

TEST(SealedRows, AValueMovedToAnotherRowDoesNotOpen) {
  LedgerFolder folder;
  {
    const auto journal = folder.Open();
    ASSERT_TRUE(RunWrite(**journal, [&](Ledger& ledger) {
                  return AddTwoGrants(ledger, folder.now());
                }).ok());
  }
  ASSERT_TRUE((*Database::Open(folder.path()))
                  ->Execute("UPDATE refresh_tokens SET value = (SELECT value "
                            "FROM refresh_tokens WHERE number = 2) "
                            "WHERE number = 1")
                  .ok());
  const auto journal = folder.Open();
  ASSERT_TRUE(journal.ok()) << journal.status();
  const auto lease = RunWrite(**journal, [&](Ledger& ledger) {
    return ledger.refreshes().Begin(GrantId("g1"), 1, folder.now());
  });
  const auto refusal = RefusalOf(lease.status());
  ASSERT_TRUE(refusal) << lease.status();
  EXPECT_EQ(refusal->reason, Reason::kKeyUnavailable);
}

TEST(SealedRows, ASecretMovedToAnotherDataCentreDoesNotOpen) {
  LedgerFolder folder;
  {
    const auto journal = folder.Open();
    ASSERT_TRUE(RunWrite(**journal, [&](Ledger& ledger) {
                  absl::Status status = AddClient(ledger, folder.now());
                  for (const char* data_center : {"eu", "us"}) {
                    if (!status.ok()) return status;
                    status =
                        ledger.client_secrets()
                            .Replace(ClientName("crm"), DataCenter(data_center),
                                     Secret::Copy("own"), folder.now())
                            .status();
                  }
                  return status;
                }).ok());
  }
  ASSERT_TRUE((*Database::Open(folder.path()))
                  ->Execute("UPDATE client_data_centers SET secret = (SELECT "
                            "secret FROM client_data_centers WHERE "
                            "data_center = 'us') WHERE data_center = 'eu'")
                  .ok());
  const auto journal = folder.Open();
  ASSERT_TRUE(journal.ok()) << journal.status();
  const auto secret_at = [&](const char* data_center) {
    return RunRead(**journal, [&](Ledger& ledger) {
      return ledger.client_secrets().Get(ClientName("crm"),
                                         DataCenter(data_center));
    });
  };
  const auto refusal = RefusalOf(secret_at("eu").status());
  ASSERT_TRUE(refusal);
  EXPECT_EQ(refusal->reason, Reason::kKeyUnavailable);
  EXPECT_TRUE(secret_at("us").ok());
}

TEST(SealedRows, NoSecretIsInTheFilesAsBytes) {
  LedgerFolder folder;
  const auto journal = folder.Open();
  ASSERT_TRUE(RunWrite(**journal, [&](Ledger& ledger) {
                absl::Status status = AddTwoGrants(ledger, folder.now());
                if (!status.ok()) return status;
                PendingConsent consent;
                consent.state = Secret::Copy("the-state");
                consent.verifier = Secret::Copy("the-verifier");
                consent.user = UserId("ada");
                consent.client = ClientName("crm");
                consent.expiry = folder.now() + absl::Hours(1);
                return ledger.consents().Put(consent, folder.now());
              }).ok());
  std::string all;
  for (const char* suffix : {"", "-wal", "-shm"}) {
    all += ReadBytes(folder.path() + suffix);
  }
  ASSERT_TRUE(absl::StrContains(all, "ada"));
  for (const char* secret : {"client-secret", "refresh-g1", "access-g1",
                             "refresh-g2", "the-state", "the-verifier"}) {
    EXPECT_FALSE(absl::StrContains(all, secret)) << secret;
  }
}

TEST(SealedRows, ADeletedClientsSecretsAreWipedWithItsLastRevocation) {
  LedgerFolder folder;
  const auto journal = folder.Open();
  const auto secrets = [&] {
    const auto database = Database::Open(folder.path());
    Statement row = (*database)->Query(
        "SELECT (SELECT count(secret) FROM clients) + "
        "(SELECT count(secret) FROM client_data_centers)");
    EXPECT_TRUE(*row.Next());
    return row.Int(0);
  };
  ASSERT_TRUE(RunWrite(**journal, [&](Ledger& ledger) {
                absl::Status status = AddTwoGrants(ledger, folder.now());
                if (!status.ok()) return status;
                status = ledger.client_secrets()
                             .Replace(ClientName("crm"), DataCenter("eu"),
                                      Secret::Copy("own"), folder.now())
                             .status();
                if (!status.ok()) return status;
                const auto ended =
                    ledger.endings().Revoke(ClientName("crm"), folder.now());
                if (!ended.ok()) return ended.status();
                return ledger.clients().Delete(ClientName("crm"), folder.now());
              }).ok());
  for (const int64_t number : {1, 2}) {
    EXPECT_EQ(secrets(), 2);
    ASSERT_TRUE(RunWrite(**journal, [&](Ledger& ledger) {
                  return ledger.revocations().Settle(
                      number, RevocationState::kConfirmed, folder.now());
                }).ok());
  }
  EXPECT_EQ(secrets(), 0);
}

}  // namespace
}  // namespace bursar
