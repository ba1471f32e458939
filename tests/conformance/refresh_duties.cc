#include "absl/strings/str_cat.h"
#include "tests/conformance/ledger_suite.h"

namespace bursar {
namespace {

const Grant::Pause kPause = {absl::FromUnixSeconds(1'800'000'060),
                             Reason::kProviderThrottled};

TEST_P(LedgerSuite, ALeaseHasAllThatARefreshNeeds) {
  AddClient("crm", Secret::Copy("hush"));
  AddGrant("g1");
  const auto lease = Begin("g1", 1);
  ASSERT_TRUE(lease.ok()) << lease.status();
  EXPECT_EQ(lease->grant.id, GrantId("g1"));
  EXPECT_EQ(lease->client.client_id, "id-of-crm");
  ASSERT_TRUE(lease->client_secret);
  EXPECT_EQ(lease->client_secret->Expose(), "hush");
  EXPECT_EQ(lease->refresh_token->Expose(), "refresh-g1");
  EXPECT_FALSE(lease->outcome_unknown_before);
}

TEST_P(LedgerSuite, ARefreshOfAnotherGenerationIsAborted) {
  AddClient("crm");
  AddGrant("g1");
  EXPECT_TRUE(absl::IsAborted(Begin("g1", 0).status()));
}

TEST_P(LedgerSuite, ACommitStoresTheNextGeneration) {
  AddClient("crm");
  AddGrant("g1");
  auto lease = Begin("g1", 1);
  ASSERT_TRUE(lease.ok());
  now_ += absl::Minutes(5);
  const auto generation = Commit(*lease, AnAnswer("a2", "", now_));
  ASSERT_TRUE(generation.ok()) << generation.status();
  EXPECT_EQ(*generation, 2);
  EXPECT_EQ(Get("g1").generation, 2);
  EXPECT_EQ(Get("g1").updated, now_);
  EXPECT_EQ(Get("g1").access_token_expiry, now_ + absl::Hours(1));
  const auto token = NewestToken("g1");
  EXPECT_EQ((*token)->value.Expose(), "a2");
  const auto kept = RefreshTokens("g1");
  ASSERT_EQ(kept.size(), 1u);
  EXPECT_EQ(kept[0].use_count, 1);
  EXPECT_EQ(kept[0].last_used, now_);
}

TEST_P(LedgerSuite, TokensForOtherScopesAreKeptBesideEachOther) {
  AddClient("crm");
  AddGrant("g1");
  auto narrow = Begin("g1", 1);
  ASSERT_TRUE(narrow.ok());
  narrow->asked = Scopes({"a.READ"});
  ASSERT_TRUE(Commit(*narrow, AnAnswer("narrow", "", now_)).ok());
  EXPECT_EQ(Tokens("g1")->size(), 2u);
  // One for the same scopes takes the older one's place.
  auto again = Begin("g1", 2);
  again->asked = Scopes({"a.READ"});
  ASSERT_TRUE(Commit(*again, AnAnswer("narrow-2", "", now_)).ok());
  const auto tokens = Tokens("g1");
  ASSERT_EQ(tokens->size(), 2u);
  EXPECT_EQ(tokens->at(0).generation, 3);
  EXPECT_EQ(tokens->at(0).token.value.Expose(), "narrow-2");
  EXPECT_EQ(tokens->at(1).generation, 1);
}

TEST_P(LedgerSuite, AnExpiredTokenIsNotKeptBesideANewOne) {
  AddClient("crm");
  AddGrant("g1");
  now_ += absl::Hours(2);
  auto narrow = Begin("g1", 1);
  narrow->asked = Scopes({"a.READ"});
  ASSERT_TRUE(Commit(*narrow, AnAnswer("narrow", "", now_)).ok());
  EXPECT_EQ(Tokens("g1")->size(), 1u);
}

TEST_P(LedgerSuite, ARotatedRefreshTokenTakesTheOldOnesPlace) {
  AddClient("crm");
  AddGrant("g1");
  auto lease = Begin("g1", 1);
  ASSERT_TRUE(Commit(*lease, AnAnswer("a2", "r2", now_)).ok());
  const auto tokens = RefreshTokens("g1");
  ASSERT_EQ(tokens.size(), 2u);
  EXPECT_EQ(tokens[0].state, RefreshTokenState::kRotated);
  EXPECT_EQ(tokens[0].ended, now_);
  EXPECT_EQ(tokens[1].state, RefreshTokenState::kActive);
  EXPECT_EQ(tokens[1].generation, 2);
  const auto next = Begin("g1", 2);
  ASSERT_TRUE(next.ok());
  EXPECT_EQ(next->refresh_token->Expose(), "r2");
  EXPECT_FALSE(next->outcome_unknown_before);
}

TEST_P(LedgerSuite, TheSameRefreshTokenAgainIsNoRotation) {
  AddClient("crm");
  AddGrant("g1");
  auto lease = Begin("g1", 1);
  ASSERT_TRUE(Commit(*lease, AnAnswer("a2", "refresh-g1", now_)).ok());
  EXPECT_EQ(RefreshTokens("g1").size(), 1u);
}

TEST_P(LedgerSuite, ACommitAfterAnotherIsAborted) {
  AddClient("crm");
  AddGrant("g1");
  auto lease = Begin("g1", 1);
  ASSERT_TRUE(Commit(*lease, AnAnswer("a2", "", now_)).ok());
  const auto late = Commit(*lease, AnAnswer("b2", "late", now_));
  EXPECT_TRUE(absl::IsAborted(late.status())) << late.status();
  EXPECT_EQ(Get("g1").generation, 2);
  EXPECT_EQ(RefreshTokens("g1").size(), 1u);
}

TEST_P(LedgerSuite, ACommitToARevokedGrantKeepsItsRefreshTokenToRevokeIt) {
  AddClient("crm");
  AddGrant("g1");
  auto lease = Begin("g1", 1);
  ASSERT_TRUE(Revoke(GrantId("g1")).ok());
  ASSERT_TRUE(Write([&](Ledger& l) {
                const auto committed = l.refreshes().Commit(
                    *lease, AnAnswer("a2", "r2", now_), std::nullopt, now_);
                EXPECT_TRUE(absl::IsFailedPrecondition(committed.status()));
                return absl::OkStatus();
              }).ok());
  EXPECT_EQ(Get("g1").state, GrantState::kRevoked);
  EXPECT_EQ(Get("g1").generation, 1);
  const auto due = Due(now_);
  ASSERT_EQ(due.size(), 2u);
  EXPECT_EQ(due[1].refresh_token.Expose(), "r2");
  EXPECT_EQ(RefreshTokens("g1")[1].state, RefreshTokenState::kRevoked);
  const auto token = NewestToken("g1");
  EXPECT_FALSE(*token);
}

TEST_P(LedgerSuite, ACommitClearsFailuresUnlessItPauses) {
  AddClient("crm");
  AddGrant("g1");
  auto lease = Begin("g1", 1);
  ASSERT_TRUE(Fail(*lease, {{}, kPause, false}).ok());
  EXPECT_EQ(Get("g1").failures, 1);
  ASSERT_TRUE(Get("g1").pause);
  EXPECT_EQ(Get("g1").pause->until, kPause.until);
  EXPECT_EQ(Get("g1").pause->reason, kPause.reason);
  auto second = Begin("g1", 1);
  ASSERT_TRUE(Write([&](Ledger& l) {
                return l.refreshes()
                    .Commit(*second, AnAnswer("a2", "", now_), kPause, now_)
                    .status();
              }).ok());
  EXPECT_EQ(Get("g1").failures, 2);
  auto third = Begin("g1", 1);
  ASSERT_TRUE(Commit(*third, AnAnswer("a3", "", now_)).ok());
  EXPECT_EQ(Get("g1").failures, 0);
  EXPECT_FALSE(Get("g1").pause);
}

TEST_P(LedgerSuite, ACommitThatPausesKeepsTheLivingTokenAndTheRotation) {
  AddClient("crm");
  AddGrant("g1");
  const auto newest = [this] { return NewestToken("g1"); };
  const auto before = newest();
  ASSERT_TRUE(*before);
  auto lease = Begin("g1", 1);
  ASSERT_TRUE(Write([&](Ledger& l) {
                return l.refreshes()
                    .Commit(*lease, AnAnswer("a2", "r2", now_), kPause, now_)
                    .status();
              }).ok());
  EXPECT_EQ(Get("g1").generation, 1);
  const auto after = newest();
  ASSERT_TRUE(*after);
  EXPECT_TRUE((*after)->value == (*before)->value);
  EXPECT_EQ(Begin("g1", 1)->refresh_token->Expose(), "r2");
}

TEST_P(LedgerSuite, ADeadRefreshTokenEndsTheGrantAndKeepsTheLivingToken) {
  AddClient("crm");
  AddGrant("g1");
  auto lease = Begin("g1", 1);
  ASSERT_TRUE(Fail(*lease, {DeadReason::kOutcomeLost, {}, false}).ok());
  EXPECT_EQ(Get("g1").state, GrantState::kConsentRequired);
  EXPECT_EQ(Get("g1").dead_reason, DeadReason::kOutcomeLost);
  EXPECT_EQ(RefreshTokens("g1")[0].state, RefreshTokenState::kDead);
  EXPECT_TRUE(absl::IsFailedPrecondition(Begin("g1", 1).status()));
  const auto token = NewestToken("g1");
  ASSERT_TRUE(token.ok());
  EXPECT_TRUE(*token);
}

TEST_P(LedgerSuite, AnEvictedRefreshTokenIsRecordedAsEvicted) {
  AddClient("crm");
  AddGrant("g1");
  auto lease = Begin("g1", 1);
  ASSERT_TRUE(Fail(*lease, {DeadReason::kEvicted, {}, false}).ok());
  EXPECT_EQ(RefreshTokens("g1")[0].state, RefreshTokenState::kEvicted);
}

TEST_P(LedgerSuite, AFailureOfAnEndedGrantChangesNothing) {
  AddClient("crm");
  AddGrant("g1");
  auto lease = Begin("g1", 1);
  ASSERT_TRUE(Revoke(GrantId("g1")).ok());
  ASSERT_TRUE(Fail(*lease, {DeadReason::kRefusedByProvider, {}, false}).ok());
  EXPECT_EQ(Get("g1").state, GrantState::kRevoked);
}

TEST_P(LedgerSuite, AnUnknownOutcomeIsRememberedUntilACommit) {
  AddClient("crm");
  AddGrant("g1");
  auto lease = Begin("g1", 1);
  ASSERT_TRUE(Fail(*lease, {{}, kPause, true}).ok());
  auto second = Begin("g1", 1);
  EXPECT_TRUE(second->outcome_unknown_before);
  ASSERT_TRUE(Fail(*second, {{}, kPause, false}).ok());
  auto third = Begin("g1", 1);
  EXPECT_TRUE(third->outcome_unknown_before);
  ASSERT_TRUE(Commit(*third, AnAnswer("a2", "", now_)).ok());
  EXPECT_FALSE(Begin("g1", 2)->outcome_unknown_before);
}

TEST_P(LedgerSuite, ARefreshThatWasNeverEndedHasAnUnknownOutcome) {
  AddClient("crm");
  AddGrant("g1");
  ASSERT_TRUE(Begin("g1", 1).ok());
  EXPECT_TRUE(Begin("g1", 1)->outcome_unknown_before);
}

TEST_P(LedgerSuite, AFailureThatChangedNothingLeavesNoDoubt) {
  AddClient("crm");
  AddGrant("g1");
  auto lease = Begin("g1", 1);
  ASSERT_TRUE(Fail(*lease, {{}, kPause, false}).ok());
  EXPECT_FALSE(Begin("g1", 1)->outcome_unknown_before);
}

}  // namespace
}  // namespace bursar
