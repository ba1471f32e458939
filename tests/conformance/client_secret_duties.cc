#include "tests/conformance/client_secret_duties.h"

namespace bursar {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST_P(ClientSecretDuties, AnOwnSecretServesThereAndTheSharedOneElsewhere) {
  ASSERT_TRUE(Replace(kEu, "own").ok());
  EXPECT_EQ(SecretAt(kEu), "own");
  EXPECT_EQ(SecretAt(kUs), "shared");
}

TEST_P(ClientSecretDuties, WithoutASharedOneTheOwnServesThereAlone) {
  const auto created = AddClient("erp");
  ASSERT_TRUE(Write([&](Ledger& ledger) {
                return ledger.client_secrets().Replace(
                    created.name, kEu, Secret::Copy("own"), now_);
              }).ok());
  const auto elsewhere = Read([&](Ledger& ledger) {
    return ledger.client_secrets().Get(created.name, kUs);
  });
  ASSERT_TRUE(elsewhere.ok());
  EXPECT_FALSE(*elsewhere);
}

TEST_P(ClientSecretDuties, TheLastOneGivenServes) {
  ASSERT_TRUE(Replace(kEu, "first").ok());
  ASSERT_TRUE(Replace(kEu, "second").ok());
  ASSERT_TRUE(Replace(kShared, "shared-2").ok());
  EXPECT_EQ(SecretAt(kEu), "second");
  EXPECT_EQ(SecretAt(kUs), "shared-2");
}

TEST_P(ClientSecretDuties, OnceItIsTakenAwayTheSharedOneServesAgain) {
  ASSERT_TRUE(Replace(kEu, "own").ok());
  ASSERT_TRUE(Remove(kEu).ok());
  EXPECT_EQ(SecretAt(kEu), "shared");
  EXPECT_TRUE(absl::IsNotFound(Remove(kEu).status()));
}

TEST_P(ClientSecretDuties, AMisconfigurationIsNoSecretToTakeAway) {
  Reject(kEu);
  EXPECT_TRUE(absl::IsNotFound(Remove(kEu).status()));
  EXPECT_THAT(RejectedAt(), ElementsAre("eu"));
}

TEST_P(ClientSecretDuties, EachChangeRaisesTheRevision) {
  EXPECT_EQ(Replace(kEu, "own")->revision, 2);
  now_ += absl::Minutes(1);
  const auto removed = Remove(kEu);
  EXPECT_EQ(removed->revision, 3);
  EXPECT_EQ(removed->updated, now_);
}

TEST_P(ClientSecretDuties, AClientSaysWhereItHasSecretsOfItsOwn) {
  EXPECT_THAT(TheClient().secret_data_centers, IsEmpty());
  ASSERT_TRUE(Replace(kUs, "u").ok());
  ASSERT_TRUE(Replace(kEu, "e").ok());
  EXPECT_THAT(TheClient().secret_data_centers, ElementsAre(kEu, kUs));
  const auto listed =
      Read([](Ledger& ledger) { return ledger.clients().List({}, {}); });
  ASSERT_TRUE(listed.ok());
  EXPECT_THAT(listed->items.at(0).secret_data_centers, ElementsAre(kEu, kUs));
}

TEST_P(ClientSecretDuties, AMisconfigurationIsOfOneDataCentre) {
  Reject(kEu);
  const Client client = TheClient();
  EXPECT_THAT(RejectedAt(), ElementsAre("eu"));
  EXPECT_EQ(client.misconfigured.at(kEu).error, "SECRET");
  EXPECT_EQ(client.misconfigured.at(kEu).seen, now_);
  EXPECT_THAT(client.secret_data_centers, IsEmpty());
}

TEST_P(ClientSecretDuties, ANewOwnSecretForgetsTheMisconfigurationThereAlone) {
  Reject(kEu);
  Reject(kUs);
  ASSERT_TRUE(Replace(kEu, "own").ok());
  EXPECT_THAT(RejectedAt(), ElementsAre("us"));
}

TEST_P(ClientSecretDuties, ANewSharedOneForgetsThemWhereItServes) {
  ASSERT_TRUE(Replace(kEu, "own").ok());
  Reject(kEu);
  Reject(kUs);
  ASSERT_TRUE(Replace(kShared, "shared-2").ok());
  EXPECT_THAT(RejectedAt(), ElementsAre("eu"));
  EXPECT_EQ(SecretAt(kEu), "own");
}

TEST_P(ClientSecretDuties, TakingOneAwayForgetsTheMisconfigurationThere) {
  ASSERT_TRUE(Replace(kEu, "own").ok());
  Reject(kEu);
  ASSERT_TRUE(Remove(kEu).ok());
  EXPECT_THAT(RejectedAt(), IsEmpty());
}

TEST_P(ClientSecretDuties, AnUpdateForgetsAllMisconfigurationsAndNoSecret) {
  ASSERT_TRUE(Replace(kEu, "own").ok());
  Reject(kEu);
  Reject(kUs);
  Client client = TheClient();
  ASSERT_TRUE(Write([&](Ledger& ledger) {
                return ledger.clients().Update(client, now_);
              }).ok());
  EXPECT_THAT(RejectedAt(), IsEmpty());
  EXPECT_EQ(SecretAt(kEu), "own");
}

TEST_P(ClientSecretDuties, ALeaseHasTheSecretOfItsGrantsDataCentre) {
  ASSERT_TRUE(Replace(kEu, "own").ok());
  AddGrant("g1");
  EXPECT_EQ(Begin("g1", 1)->client_secret->Expose(), "own");
}

TEST_P(ClientSecretDuties, ARevocationHasTheSecretOfItsGrantsDataCentre) {
  ASSERT_TRUE(Replace(kEu, "own").ok());
  AddGrant("g1");
  ASSERT_TRUE(Revoke(GrantId("g1")).ok());
  ASSERT_EQ(Due(now_).size(), 1u);
  EXPECT_EQ(Due(now_)[0].client_secret->Expose(), "own");
}

TEST_P(ClientSecretDuties, ARevocationOfADeletedClientStillHasIt) {
  ASSERT_TRUE(Replace(kEu, "own").ok());
  AddGrant("g1");
  ASSERT_TRUE(Revoke(GrantId("g1")).ok());
  ASSERT_TRUE(Write([&](Ledger& ledger) {
                return ledger.clients().Delete(kCrm, now_);
              }).ok());
  EXPECT_EQ(Due(now_)[0].client_secret->Expose(), "own");
}

TEST_P(ClientSecretDuties, ADeletedClientsNamesakeHasNoneOfIts) {
  ASSERT_TRUE(Replace(kEu, "own").ok());
  ASSERT_TRUE(Write([&](Ledger& ledger) {
                return ledger.clients().Delete(kCrm, now_);
              }).ok());
  AddClient("crm");
  EXPECT_EQ(SecretAt(kEu), "");
  EXPECT_THAT(TheClient().secret_data_centers, IsEmpty());
}

}  // namespace
}  // namespace bursar
