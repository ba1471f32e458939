// Grants that no refresh token renews.

#include "tests/conformance/renewal_duties.h"

namespace bursar {
namespace {

TEST_P(RenewalDuties, AGrantSaysWhatRenewsIt) {
  ASSERT_TRUE(AddWithout("g1", GrantRenewal::kClientCredentials).ok());
  EXPECT_EQ(Get("g1").renewal, GrantRenewal::kClientCredentials);
  EXPECT_EQ(Get("g1").organization, "service.1");
  AddGrant("g2");
  EXPECT_EQ(Get("g2").renewal, GrantRenewal::kRefreshToken);
  EXPECT_EQ(Get("g2").organization, "");
}

TEST_P(RenewalDuties, AGrantThatIsRenewedByARefreshTokenHasOne) {
  EXPECT_FALSE(AddWithout("g1", GrantRenewal::kRefreshToken).ok());
}

TEST_P(RenewalDuties, ALeaseOfClientCredentialsHasNoRefreshToken) {
  ASSERT_TRUE(AddWithout("g1", GrantRenewal::kClientCredentials).ok());
  const auto lease = Begin("g1", 1);
  ASSERT_TRUE(lease.ok()) << lease.status();
  EXPECT_FALSE(lease->refresh_token);
  EXPECT_EQ(lease->grant.organization, "service.1");
}

TEST_P(RenewalDuties, ACommitOfClientCredentialsStoresTheNextGeneration) {
  ASSERT_TRUE(AddWithout("g1", GrantRenewal::kClientCredentials).ok());
  const auto lease = Begin("g1", 1);
  ASSERT_TRUE(lease.ok()) << lease.status();
  const auto generation = Commit(*lease, AnAnswer("a2", "", now_));
  ASSERT_TRUE(generation.ok()) << generation.status();
  EXPECT_EQ(*generation, 2);
  EXPECT_EQ((*NewestToken("g1"))->value.Expose(), "a2");
  EXPECT_TRUE(RefreshTokens("g1").empty());
  EXPECT_TRUE(
      absl::IsAborted(Commit(*lease, AnAnswer("b2", "", now_)).status()));
}

TEST_P(RenewalDuties, NothingBeginsWhereNothingRenews) {
  ASSERT_TRUE(AddWithout("g1", GrantRenewal::kNone).ok());
  EXPECT_TRUE(absl::IsFailedPrecondition(Begin("g1", 1).status()));
}

TEST_P(RenewalDuties, AnExpiredGrantNeedsConsentAndKeepsNoToken) {
  ASSERT_TRUE(AddWithout("g1", GrantRenewal::kNone).ok());
  now_ += absl::Hours(1);
  ASSERT_TRUE(Expire("g1").ok());
  const Grant grant = Get("g1");
  EXPECT_EQ(grant.state, GrantState::kConsentRequired);
  EXPECT_EQ(grant.dead_reason, DeadReason::kExpired);
  EXPECT_EQ(grant.updated, now_);
  EXPECT_FALSE(*NewestToken("g1"));
  EXPECT_TRUE(absl::IsFailedPrecondition(Expire("g1")));
}

TEST_P(RenewalDuties, OnlyWhatNothingRenewsExpires) {
  ASSERT_TRUE(AddWithout("g1", GrantRenewal::kClientCredentials).ok());
  AddGrant("g2");
  EXPECT_TRUE(absl::IsFailedPrecondition(Expire("g1")));
  EXPECT_TRUE(absl::IsFailedPrecondition(Expire("g2")));
  EXPECT_TRUE(absl::IsNotFound(Expire("none")));
}

TEST_P(RenewalDuties, RevokedThereIsNothingToTellTheProvider) {
  ASSERT_TRUE(AddWithout("g1", GrantRenewal::kClientCredentials).ok());
  const auto ended = Revoke(GrantId("g1"));
  ASSERT_TRUE(ended.ok()) << ended.status();
  EXPECT_EQ(Get("g1").state, GrantState::kRevoked);
  EXPECT_FALSE(*NewestToken("g1"));
  EXPECT_TRUE(Due(now_).empty());
}

TEST_P(RenewalDuties, AClientsResponseTypeIsKept) {
  Client client;
  client.name = ClientName("page");
  client.provider = ProviderName("zoho");
  client.response_type = ResponseType::kToken;
  const auto created = Write([&](Ledger& ledger) {
    return ledger.clients().Create(client, std::nullopt, now_);
  });
  ASSERT_TRUE(created.ok()) << created.status();
  EXPECT_EQ(created->response_type, ResponseType::kToken);
  const auto updated = Write([&](Ledger& ledger) {
    Client changed = *created;
    changed.client_id = "other";
    return ledger.clients().Update(changed, now_);
  });
  EXPECT_EQ(updated->response_type, ResponseType::kToken);
  EXPECT_EQ(Read([](Ledger& ledger) {
              return ledger.clients().Get(ClientName("crm"));
            })->response_type,
            ResponseType::kCode);
}

TEST_P(RenewalDuties, WithoutARefreshTokenNoLostAnswerIsMissed) {
  ASSERT_TRUE(AddWithout("g1", GrantRenewal::kClientCredentials).ok());
  const auto lease = Begin("g1", 1);
  ASSERT_TRUE(lease.ok()) << lease.status();
  ASSERT_TRUE(Fail(*lease, {{}, {}, /*outcome_unknown=*/true}).ok());
  const auto unanswered = Read([&](Ledger& l) {
    return l.refreshes().Unanswered(ProviderName("zoho"), now_ - absl::Hours(1),
                                    10);
  });
  ASSERT_TRUE(unanswered.ok()) << unanswered.status();
  EXPECT_TRUE(unanswered->empty());
}

}  // namespace
}  // namespace bursar
