#include "tests/conformance/ledger_suite.h"

namespace bursar {
namespace {

TEST_P(LedgerSuite, ARevokedGrantIsEndedAndItsRefreshTokenPending) {
  AddClient("crm", Secret::Copy("hush"));
  AddGrant("g1");
  const auto ended = Revoke(GrantId("g1"));
  ASSERT_TRUE(ended.ok()) << ended.status();
  ASSERT_EQ(ended->size(), 1u);
  EXPECT_EQ((*ended)[0].state, GrantState::kRevoked);
  EXPECT_FALSE(Get("g1").access_token_expiry);
  const auto due = Due(now_);
  ASSERT_EQ(due.size(), 1u);
  EXPECT_EQ(due[0].grant, GrantId("g1"));
  EXPECT_EQ(due[0].user, UserId("ada"));
  EXPECT_EQ(due[0].data_center, DataCenter("eu"));
  EXPECT_EQ(due[0].client.client_id, "id-of-crm");
  EXPECT_EQ(due[0].client_secret->Expose(), "hush");
  EXPECT_EQ(due[0].refresh_token.Expose(), "refresh-g1");
  EXPECT_EQ(due[0].attempts, 0);
}

TEST_P(LedgerSuite, RevokingWhatHasEndedEndsNothing) {
  AddClient("crm");
  AddGrant("g1");
  ASSERT_TRUE(Revoke(GrantId("g1")).ok());
  const auto again = Revoke(GrantId("g1"));
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_TRUE(again->empty());
}

TEST_P(LedgerSuite, ADeadGrantIsRevokedWithNothingToTellTheProvider) {
  AddClient("crm");
  AddGrant("g1");
  auto lease = Begin("g1", 1);
  ASSERT_TRUE(Fail(*lease, {DeadReason::kRefusedByProvider, {}, false}).ok());
  EXPECT_EQ(Revoke(GrantId("g1"))->size(), 1u);
  EXPECT_EQ(Get("g1").state, GrantState::kRevoked);
  EXPECT_FALSE(Get("g1").dead_reason);
  EXPECT_TRUE(Due(now_).empty());
  EXPECT_EQ(RefreshTokens("g1")[0].state, RefreshTokenState::kDead);
}

TEST_P(LedgerSuite, ATargetSelectsItsGrantsAndNoOthers) {
  const auto states = [&](const RevocationTarget& target) {
    AddClient("c1");
    AddClient("c2");
    AddGrant("ada-c1", "c1", "ada");
    AddGrant("ada-c2", "c2", "ada");
    AddGrant("bob-c1", "c1", "bob");
    return Revoke(target)->size();
  };
  EXPECT_EQ(states(std::pair(UserId("ada"), ClientName("c1"))), 1u);
  EXPECT_EQ(Get("ada-c1").state, GrantState::kRevoked);
  EXPECT_EQ(Revoke(UserId("ada"))->size(), 1u);
  EXPECT_EQ(Get("ada-c2").state, GrantState::kRevoked);
  EXPECT_EQ(Get("bob-c1").state, GrantState::kActive);
  EXPECT_EQ(Revoke(ClientName("c1"))->size(), 1u);
  EXPECT_EQ(Get("bob-c1").state, GrantState::kRevoked);
}

TEST_P(LedgerSuite, ASupersededGrantNamesTheNewerOne) {
  AddClient("crm");
  AddGrant("g1");
  AddGrant("g2");
  ASSERT_TRUE(Write([&](Ledger& l) {
                return l.endings().Supersede(GrantId("g1"), GrantId("g2"), true,
                                             now_);
              }).ok());
  EXPECT_EQ(Get("g1").state, GrantState::kSuperseded);
  EXPECT_EQ(Get("g1").superseded_by, GrantId("g2"));
  EXPECT_EQ(Get("g2").state, GrantState::kActive);
  EXPECT_EQ(Due(now_).size(), 1u);
}

TEST_P(LedgerSuite, ASupersededRefreshTokenIsLeftAloneWhereAsked) {
  AddClient("crm");
  AddGrant("g1");
  AddGrant("g2");
  ASSERT_TRUE(Write([&](Ledger& l) {
                return l.endings().Supersede(GrantId("g1"), GrantId("g2"),
                                             false, now_);
              }).ok());
  EXPECT_TRUE(Due(now_).empty());
  EXPECT_EQ(RefreshTokens("g1")[0].state, RefreshTokenState::kRevoked);
  EXPECT_EQ(RefreshTokens("g1")[0].revocation, RevocationState::kNone);
}

TEST_P(LedgerSuite, ASettledRevocationIsDueNoMore) {
  AddClient("crm");
  AddGrant("g1");
  ASSERT_TRUE(Revoke(GrantId("g1")).ok());
  const int64_t number = Due(now_).at(0).refresh_token_number;
  ASSERT_TRUE(Write([&](Ledger& l) {
                return l.revocations().Settle(
                    number, RevocationState::kUnknownToProvider, now_);
              }).ok());
  EXPECT_TRUE(Due(now_ + absl::Hours(1)).empty());
  EXPECT_EQ(RefreshTokens("g1")[0].revocation,
            RevocationState::kUnknownToProvider);
}

TEST_P(LedgerSuite, APostponedRevocationIsDueLaterAndCounted) {
  AddClient("crm");
  AddGrant("g1");
  const auto next = [&] {
    return *Read([](Ledger& l) { return l.revocations().NextDue(); });
  };
  EXPECT_FALSE(next());
  ASSERT_TRUE(Revoke(GrantId("g1")).ok());
  EXPECT_EQ(next(), now_);
  const int64_t number = Due(now_).at(0).refresh_token_number;
  const absl::Time later = now_ + absl::Minutes(1);
  ASSERT_TRUE(Write([&](Ledger& l) {
                return l.revocations().Postpone(number, later);
              }).ok());
  EXPECT_EQ(next(), later);
  EXPECT_TRUE(Due(now_).empty());
  EXPECT_EQ(Due(later).at(0).attempts, 1);
}

TEST_P(LedgerSuite, DueRevocationsComeOldestFirstUpToTheLimit) {
  AddClient("crm");
  for (const char* id : {"g1", "g2", "g3"}) AddGrant(id);
  for (const char* id : {"g2", "g1", "g3"}) {
    ASSERT_TRUE(Revoke(GrantId(id)).ok());
    now_ += absl::Seconds(1);
  }
  const auto due =
      Read([&](Ledger& l) { return l.revocations().Due(now_, 2); });
  ASSERT_EQ(due->size(), 2u);
  EXPECT_EQ((*due)[0].grant, GrantId("g2"));
  EXPECT_EQ((*due)[1].grant, GrantId("g1"));
}

TEST_P(LedgerSuite, ADeletedClientsSecretLivesWhileARevocationNeedsIt) {
  AddClient("crm", Secret::Copy("hush"));
  AddGrant("g1");
  ASSERT_TRUE(Revoke(GrantId("g1")).ok());
  ASSERT_TRUE(Write([&](Ledger& l) {
                return l.clients().Delete(ClientName("crm"), now_);
              }).ok());
  const auto due = Due(now_);
  ASSERT_EQ(due.size(), 1u);
  ASSERT_TRUE(due[0].client_secret);
  EXPECT_EQ(due[0].client_secret->Expose(), "hush");
}

}  // namespace
}  // namespace bursar
