#include "server/core/token_cache.h"

#include <thread>

#include "gtest/gtest.h"

namespace bursar {
namespace {

TokenKey Key(const std::string& user, const std::string& scope = "s") {
  return {UserId(user), ClientName("c"), Scopes({scope})};
}

std::shared_ptr<const IssuedToken> Token(const std::string& grant,
                                         int64_t generation) {
  auto token = std::make_shared<IssuedToken>();
  token->grant = GrantId(grant);
  token->generation = generation;
  return token;
}

TEST(TokenCacheTest, FindsWhatWasPutUnderTheSameKey) {
  TokenCache cache(10);
  const auto token = Token("g", 1);
  cache.Put(Key("u"), token, cache.Epoch());
  EXPECT_EQ(cache.Find(Key("u")), token);
  EXPECT_EQ(cache.Find(Key("v")), nullptr);
  EXPECT_EQ(cache.Find(Key("u", "other")), nullptr);
}

TEST(TokenCacheTest, ForgetsAGrantUnderEveryKey) {
  TokenCache cache(10);
  cache.Put(Key("u", "a"), Token("g", 1), cache.Epoch());
  cache.Put(Key("u", "b"), Token("g", 1), cache.Epoch());
  cache.Forget(GrantId("g"));
  EXPECT_EQ(cache.Find(Key("u", "a")), nullptr);
  EXPECT_EQ(cache.Find(Key("u", "b")), nullptr);
}

TEST(TokenCacheTest, KeepsOtherGrantsWhenForgettingOne) {
  TokenCache cache(10);
  cache.Put(Key("u"), Token("g", 1), cache.Epoch());
  cache.Put(Key("v"), Token("h", 1), cache.Epoch());
  cache.Forget(GrantId("g"));
  EXPECT_NE(cache.Find(Key("v")), nullptr);
}

TEST(TokenCacheTest, DoesNotKeepATokenFetchedBeforeAForgetting) {
  TokenCache cache(10);
  const uint64_t epoch = cache.Epoch();
  cache.Forget(GrantId("g"));
  cache.Put(Key("u"), Token("g", 1), epoch);
  EXPECT_EQ(cache.Find(Key("u")), nullptr);
}

TEST(TokenCacheTest, TokensOfOtherScopesStay) {
  TokenCache cache(10);
  auto narrow = std::make_shared<IssuedToken>();
  narrow->grant = GrantId("g");
  narrow->generation = 2;
  narrow->token.scopes = Scopes({"b"});
  cache.Put(Key("u", "a"), Token("g", 1), cache.Epoch());
  cache.Put(Key("u", "b"), narrow, cache.Epoch());
  EXPECT_NE(cache.Find(Key("u", "a")), nullptr);
  EXPECT_EQ(cache.Find(Key("u", "b")), narrow);
  cache.Forget(GrantId("g"));
  EXPECT_EQ(cache.Find(Key("u", "a")), nullptr);
  EXPECT_EQ(cache.Find(Key("u", "b")), nullptr);
}

TEST(TokenCacheTest, ANewerGenerationDropsTheOlderUnderEveryKey) {
  TokenCache cache(10);
  cache.Put(Key("u", "a"), Token("g", 1), cache.Epoch());
  cache.Put(Key("u", "b"), Token("g", 2), cache.Epoch());
  EXPECT_EQ(cache.Find(Key("u", "a")), nullptr);
  EXPECT_NE(cache.Find(Key("u", "b")), nullptr);
}

TEST(TokenCacheTest, AnOlderGenerationDoesNotReplaceANewer) {
  TokenCache cache(10);
  cache.Put(Key("u"), Token("g", 2), cache.Epoch());
  cache.Put(Key("u"), Token("g", 1), cache.Epoch());
  EXPECT_EQ(cache.Find(Key("u"))->generation, 2);
}

TEST(TokenCacheTest, AKeyTakenOverByAnotherGrantSurvivesTheFirstsEnd) {
  TokenCache cache(10);
  cache.Put(Key("u"), Token("old", 1), cache.Epoch());
  cache.Put(Key("u"), Token("new", 1), cache.Epoch());
  cache.Forget(GrantId("old"));
  ASSERT_NE(cache.Find(Key("u")), nullptr);
  EXPECT_EQ(cache.Find(Key("u"))->grant, GrantId("new"));
}

TEST(TokenCacheTest, DropsTheOldestGrantsPastItsCapacity) {
  TokenCache cache(2);
  cache.Put(Key("1"), Token("g1", 1), cache.Epoch());
  cache.Put(Key("2"), Token("g2", 1), cache.Epoch());
  cache.Put(Key("3"), Token("g3", 1), cache.Epoch());
  EXPECT_EQ(cache.Find(Key("1")), nullptr);
  EXPECT_NE(cache.Find(Key("2")), nullptr);
  EXPECT_NE(cache.Find(Key("3")), nullptr);
}

TEST(TokenCacheTest, AForgottenGrantMakesRoom) {
  TokenCache cache(2);
  cache.Put(Key("1"), Token("g1", 1), cache.Epoch());
  cache.Put(Key("2"), Token("g2", 1), cache.Epoch());
  cache.Forget(GrantId("g2"));
  cache.Put(Key("3"), Token("g3", 1), cache.Epoch());
  EXPECT_NE(cache.Find(Key("1")), nullptr);
}

// For the thread sanitizer: readers and writers of the same keys at once.
TEST(TokenCacheTest, NeverServesAGrantAfterItWasForgotten) {
  TokenCache cache(100);
  std::atomic<bool> stop = false;
  std::thread writer([&] {
    for (int64_t generation = 1; !stop; ++generation) {
      cache.Put(Key("u"), Token("living", generation), cache.Epoch());
    }
  });
  for (int round = 0; round < 2000; ++round) {
    const GrantId grant("g" + std::to_string(round));
    const uint64_t epoch = cache.Epoch();
    std::thread late(
        [&] { cache.Put(Key("v"), Token(grant.value(), 1), epoch); });
    cache.Forget(grant);
    late.join();
    EXPECT_EQ(cache.Find(Key("v")), nullptr);
  }
  stop = true;
  writer.join();
}

}  // namespace
}  // namespace bursar
