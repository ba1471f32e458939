#include "tests/conformance/api_key_duties.h"

namespace bursar {
namespace {

using testing::IsEmpty;

TEST_P(ApiKeyDuties, AKeyIsKeptAsItWasGiven) {
  ASSERT_TRUE(Add("k1").ok());
  Reopen();
  const auto living = Living();
  ASSERT_EQ(living.size(), 1u);
  EXPECT_EQ(living[0].key.id, ApiKeyId("k1"));
  EXPECT_EQ(living[0].key.name, "batch");
  EXPECT_EQ(living[0].key.actor, Actor("operator"));
  EXPECT_EQ(living[0].key.created, now_);
  EXPECT_EQ(living[0].key.expiry, now_ + absl::Hours(1));
  EXPECT_FALSE(living[0].key.last_used);
  EXPECT_FALSE(living[0].key.revoked);
  EXPECT_EQ(living[0].digest, std::string(32, '1'));
}

TEST_P(ApiKeyDuties, AnIdIsGivenOnce) {
  ASSERT_TRUE(Add("k1").ok());
  EXPECT_TRUE(absl::IsAlreadyExists(Add("k1")));
  ASSERT_TRUE(Revoke("k1").ok());
  EXPECT_TRUE(absl::IsAlreadyExists(Add("k1")));
}

TEST_P(ApiKeyDuties, ARevokedKeyIsNotAmongTheLiving) {
  ASSERT_TRUE(Add("k1").ok());
  ASSERT_TRUE(Add("k2").ok());
  const auto revoked = Revoke("k1");
  ASSERT_TRUE(revoked.ok()) << revoked.status();
  EXPECT_EQ(revoked->revoked, now_);
  ASSERT_EQ(Living().size(), 1u);
  EXPECT_EQ(Living()[0].key.id, ApiKeyId("k2"));
}

TEST_P(ApiKeyDuties, AnExpiredKeyIsNotAmongTheLiving) {
  ASSERT_TRUE(Add("k1").ok());
  now_ += absl::Hours(1) - absl::Microseconds(1);
  EXPECT_EQ(Living().size(), 1u);
  now_ += absl::Microseconds(1);
  EXPECT_THAT(Living(), IsEmpty());
}

TEST_P(ApiKeyDuties, ASecondRevocationChangesNothing) {
  ASSERT_TRUE(Add("k1").ok());
  ASSERT_TRUE(Revoke("k1").ok());
  const absl::Time first = now_;
  now_ += absl::Minutes(1);
  EXPECT_TRUE(absl::IsNotFound(Revoke("k1").status()));
  EXPECT_EQ(List().items.at(0).revoked, first);
}

TEST_P(ApiKeyDuties, NoKeyCannotBeRevoked) {
  EXPECT_TRUE(absl::IsNotFound(Revoke("k1").status()));
}

TEST_P(ApiKeyDuties, ListsNewestFirstThoseThatEndedToo) {
  for (const char* id : {"k1", "k2", "k3"}) ASSERT_TRUE(Add(id).ok());
  ASSERT_TRUE(Revoke("k2").ok());
  const auto first = List({2, ""});
  ASSERT_EQ(first.items.size(), 2u);
  EXPECT_EQ(first.items[0].id, ApiKeyId("k3"));
  EXPECT_EQ(first.items[1].id, ApiKeyId("k2"));
  EXPECT_TRUE(first.items[1].revoked);
  const auto second = List({2, first.next});
  ASSERT_EQ(second.items.size(), 1u);
  EXPECT_EQ(second.items[0].id, ApiKeyId("k1"));
  EXPECT_THAT(second.next, IsEmpty());
}

TEST_P(ApiKeyDuties, TheLatestUseIsRemembered) {
  ASSERT_TRUE(Add("k1").ok());
  const auto note = [this](absl::Duration later) {
    return Write([&](Ledger& ledger) {
      return ledger.api_keys().NoteUse(ApiKeyId("k1"), now_ + later);
    });
  };
  ASSERT_TRUE(note(absl::Minutes(2)).ok());
  ASSERT_TRUE(note(absl::Minutes(1)).ok());
  EXPECT_EQ(List().items.at(0).last_used, now_ + absl::Minutes(2));
}

}  // namespace
}  // namespace bursar
