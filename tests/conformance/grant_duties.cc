#include "absl/strings/str_cat.h"
#include "tests/conformance/ledger_suite.h"

namespace bursar {
namespace {

TEST_P(LedgerSuite, AGrantComesBackAsItWasAdded) {
  AddClient("crm");
  AddGrant("g1");
  const Grant grant = Get("g1");
  EXPECT_EQ(grant.user, UserId("ada"));
  EXPECT_EQ(grant.client, ClientName("crm"));
  EXPECT_EQ(grant.provider, ProviderName("zoho"));
  EXPECT_EQ(grant.data_center, DataCenter("eu"));
  EXPECT_EQ(grant.scopes, Scopes({"a.READ"}));
  EXPECT_EQ(grant.state, GrantState::kActive);
  EXPECT_EQ(grant.generation, 1);
  EXPECT_EQ(grant.access_token_expiry, now_ + absl::Hours(1));
  EXPECT_EQ(grant.created, now_);
  EXPECT_FALSE(grant.dead_reason || grant.pause || grant.superseded_by);
}

TEST_P(LedgerSuite, AGrantWithoutAnAccessTokenIsAtGeneration0) {
  AddClient("crm");
  NewGrant grant;
  grant.id = GrantId("g1");
  grant.user = UserId("ada");
  grant.client = ClientName("crm");
  grant.refresh_token = Secret::Copy("r");
  ASSERT_TRUE(
      Write([&](Ledger& l) { return l.grants().Add(grant, now_); }).ok());
  EXPECT_EQ(Get("g1").generation, 0);
  EXPECT_FALSE(Get("g1").access_token_expiry);
  const auto token = NewestToken("g1");
  ASSERT_TRUE(token.ok()) << token.status();
  EXPECT_FALSE(*token);
  EXPECT_EQ(RefreshTokens("g1").at(0).generation, 0);
}

TEST_P(LedgerSuite, ARefreshTokenThatAGrantHeldMakesNoSecondGrant) {
  AddClient("crm");
  AddGrant("g1");
  ASSERT_TRUE(Revoke(GrantId("g1")).ok());
  NewGrant second;
  second.id = GrantId("g2");
  second.user = UserId("bob");
  second.client = ClientName("crm");
  second.refresh_token = Secret::Copy("refresh-g1");
  const absl::Status status =
      Write([&](Ledger& l) { return l.grants().Add(second, now_); });
  EXPECT_TRUE(absl::IsAlreadyExists(status)) << status;
}

TEST_P(LedgerSuite, AGrantToAnUnknownClientIsNotFound) {
  NewGrant grant;
  grant.id = GrantId("g1");
  grant.user = UserId("ada");
  grant.client = ClientName("nobody");
  grant.refresh_token = Secret::Copy("r");
  EXPECT_TRUE(absl::IsNotFound(
      Write([&](Ledger& l) { return l.grants().Add(grant, now_); })));
}

TEST_P(LedgerSuite, AnUnknownGrantIsNotFoundByAnyMethod) {
  const GrantId id("none");
  EXPECT_TRUE(absl::IsNotFound(
      Read([&](Ledger& l) { return l.grants().Get(id); }).status()));
  EXPECT_TRUE(absl::IsNotFound(
      Read([&](Ledger& l) { return l.grants().Tokens(id); }).status()));
  EXPECT_TRUE(absl::IsNotFound(Begin("none", 0).status()));
  EXPECT_TRUE(absl::IsNotFound(Read([&](Ledger& l) {
                                 return l.usage().RefreshTokens(id, {});
                               }).status()));
}

TEST_P(LedgerSuite, TheNewestTokenIsTheOneThatWasStored) {
  AddClient("crm");
  AddGrant("g1");
  const auto token = NewestToken("g1");
  ASSERT_TRUE(token.ok() && *token);
  EXPECT_EQ((*token)->value.Expose(), "access-g1");
  EXPECT_EQ((*token)->token_type, "Bearer");
  EXPECT_EQ((*token)->scopes, Scopes({"a.READ"}));
  EXPECT_EQ((*token)->api_domain, "https://api.test");
  EXPECT_EQ((*token)->obtained, now_);
  EXPECT_EQ((*token)->expiry, now_ + absl::Hours(1));
}

TEST_P(LedgerSuite, GrantsAreListedNewestFirstInPages) {
  AddClient("crm");
  for (int i = 1; i <= 5; ++i) AddGrant(absl::StrCat("g", i));
  std::vector<std::string> seen;
  std::string after;
  do {
    const auto page = Read([&](Ledger& l) {
      return l.grants().List({}, {2, after});
    });
    ASSERT_TRUE(page.ok()) << page.status();
    for (const Grant& grant : page->items) seen.push_back(grant.id.value());
    after = page->next;
  } while (!after.empty());
  EXPECT_THAT(seen, testing::ElementsAre("g5", "g4", "g3", "g2", "g1"));
}

TEST_P(LedgerSuite, GrantsAreListedByUserClientAndState) {
  AddClient("crm");
  AddClient("erp");
  AddGrant("g1", "crm", "ada");
  AddGrant("g2", "erp", "ada");
  AddGrant("g3", "crm", "bob");
  ASSERT_TRUE(Revoke(GrantId("g1")).ok());
  const auto list = [&](GrantFilter filter) {
    std::vector<std::string> ids;
    const auto page =
        Read([&](Ledger& l) { return l.grants().List(filter, {}); });
    for (const Grant& grant : page->items) ids.push_back(grant.id.value());
    return ids;
  };
  using testing::ElementsAre;
  EXPECT_THAT(list({UserId("ada"), {}, {}}), ElementsAre("g2", "g1"));
  EXPECT_THAT(list({{}, ClientName("crm"), {}}), ElementsAre("g3", "g1"));
  EXPECT_THAT(list({{}, {}, GrantState::kActive}), ElementsAre("g3", "g2"));
  EXPECT_THAT(list({UserId("ada"), ClientName("crm"), GrantState::kRevoked}),
              ElementsAre("g1"));
}

TEST_P(LedgerSuite, ATokensOwnerIsFoundByItsValueForSomeGenerations) {
  AddClient("crm");
  AddGrant("g1");
  for (int64_t generation = 1; generation < 5; ++generation) {
    auto lease = Begin("g1", generation);
    ASSERT_TRUE(lease.ok()) << lease.status();
    ASSERT_TRUE(
        Commit(*lease, AnAnswer(absl::StrCat("a", generation + 1),
                                absl::StrCat("r", generation + 1), now_))
            .ok());
  }
  const auto owner = [&](const char* token) {
    return Read(
        [&](Ledger& l) { return l.grants().OwnerOf(Secret::Copy(token)); });
  };
  const auto access = owner("a2");
  ASSERT_TRUE(access.ok()) << access.status();
  EXPECT_EQ(access->grant, GrantId("g1"));
  EXPECT_EQ(access->user, UserId("ada"));
  EXPECT_EQ(access->client, ClientName("crm"));
  EXPECT_EQ(access->generation, 2);
  EXPECT_TRUE(access->is_access_token);
  const auto refresh = owner("refresh-g1");
  ASSERT_TRUE(refresh.ok()) << refresh.status();
  EXPECT_EQ(refresh->generation, 1);
  EXPECT_FALSE(refresh->is_access_token);
  EXPECT_TRUE(absl::IsNotFound(owner("unknown").status()));
}

}  // namespace
}  // namespace bursar
