#include "tests/conformance/begun_grant_duties.h"

namespace bursar {
namespace {

using testing::ElementsAre;

NewGrant GrantBegunBy(const std::string& actor, const std::string& id,
                      const std::string& client) {
  NewGrant grant;
  grant.id = GrantId(id);
  grant.user = UserId(absl::StrCat("user-of-", id));
  grant.client = ClientName(client);
  grant.refresh_token = Secret::Copy(absl::StrCat("refresh-", id));
  grant.begun_by = Actor(actor);
  return grant;
}

TEST_P(BegunGrantDuties, WhoBeganAGrantIsRememberedThoughItEnds) {
  AddClient("crm");
  Add(GrantBegunBy("dns:a.example", "g1", "crm"));
  ASSERT_TRUE(Revoke(GrantId("g1")).ok());
  Reopen();
  EXPECT_THAT(List(), ElementsAre("dns:a.example user-of-g1 crm"));
}

TEST_P(BegunGrantDuties, AGrantThatNobodyIsKnownToHaveBegunIsNobodys) {
  AddClient("crm");
  AddGrant("g1");
  EXPECT_THAT(List(), ElementsAre());
}

TEST_P(BegunGrantDuties, ADeletedClientsGrantsAreNobodysAnyMore) {
  AddClient("crm");
  Add(GrantBegunBy("dns:a.example", "g1", "crm"));
  ASSERT_TRUE(Revoke(GrantId("g1")).ok());
  ASSERT_TRUE(Write([&](Ledger& l) {
                return l.clients().Delete(ClientName("crm"), now_);
              }).ok());
  AddClient("crm");
  EXPECT_THAT(List(), ElementsAre());
}

TEST_P(BegunGrantDuties, AGrantIsFoundWithWhoBeganIt) {
  AddClient("crm");
  Add(GrantBegunBy("dns:a.example", "g1", "crm"));
  const auto begun =
      Read([](Ledger& l) { return l.begun_grants().Get(GrantId("g1")); });
  ASSERT_TRUE(begun.ok()) << begun.status();
  EXPECT_EQ(begun->actor, Actor("dns:a.example"));
  EXPECT_EQ(begun->user, UserId("user-of-g1"));
  EXPECT_EQ(begun->client, ClientName("crm"));
  EXPECT_TRUE(absl::IsNotFound(Read([](Ledger& l) {
                                 return l.begun_grants().Get(GrantId("g2"));
                               }).status()));
}

TEST_P(BegunGrantDuties, PagesGoOnWhereTheLastEnded) {
  AddClient("crm");
  AddClient("chat");
  Add(GrantBegunBy("unix:1", "g1", "crm"));
  Add(GrantBegunBy("unix:2", "g2", "chat"));
  EXPECT_THAT(List({1, ""}), ElementsAre("unix:1 user-of-g1 crm"));
  EXPECT_THAT(List({1, next_}), ElementsAre("unix:2 user-of-g2 chat"));
  EXPECT_EQ(next_, "");
}

}  // namespace
}  // namespace bursar
