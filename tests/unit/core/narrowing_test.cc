// Where a provider narrows, a request is served by the narrowest token that
// lives and covers it, and asks for no more than it needs.

#include "gtest/gtest.h"
#include "tests/unit/core/core_stack.h"

namespace bursar {
namespace {

class NarrowingTest : public testing::Test {
 protected:
  NarrowingTest() {
    Provider narrowing = CoreStack::TestProvider();
    narrowing.narrows = true;
    stack_.providers.Replace(std::move(narrowing));
    grant_ = stack_.Consented("0", {"read", "send", "write"});
  }

  // A token for `scopes`, fetched now; what the provider was asked for.
  Scopes FetchFor(const std::vector<std::string>& scopes,
                  const std::string& name) {
    auto answer = Ask(scopes);
    Granted granted = stack_.Grants(name);
    granted.access_token.scopes = Scopes(scopes);
    EXPECT_TRUE(stack_.upstream.Answer(std::move(granted)));
    EXPECT_TRUE(answer.Get().ok());
    return stack_.upstream.calls().back().scopes;
  }

  Awaited<TokenSource::Answer> Ask(const std::vector<std::string>& scopes) {
    return stack_.Ask(std::nullopt, absl::Minutes(1), scopes);
  }

  std::string ServedFor(const std::vector<std::string>& scopes) {
    const auto answer = Ask(scopes).Get();
    EXPECT_TRUE(answer.ok()) << answer.status();
    return answer.ok() ? std::string((*answer)->token.value.Expose()) : "";
  }

  CoreStack stack_;
  Grant grant_;
};

TEST_F(NarrowingTest, AWideTokenServesWhileItLives) {
  EXPECT_EQ(ServedFor({"read"}), "access-0");
  EXPECT_EQ(stack_.provider_calls(), 1u);
}

TEST_F(NarrowingTest, NoMoreIsAskedForThanIsNeeded) {
  stack_.clock.Advance(absl::Hours(2));
  EXPECT_EQ(FetchFor({"read"}, "narrow"), Scopes({"read"}));
}

TEST_F(NarrowingTest, ARequestForAllOfTheGrantAsksForAll) {
  stack_.clock.Advance(absl::Hours(2));
  EXPECT_EQ(FetchFor({"read", "send", "write"}, "wide"), Scopes());
}

TEST_F(NarrowingTest, ARequestWithoutScopesGetsNoNarrowToken) {
  stack_.clock.Advance(absl::Hours(2));
  FetchFor({"read"}, "narrow");
  EXPECT_EQ(FetchFor({}, "wide"), Scopes());
}

TEST_F(NarrowingTest, TheNarrowestThatCoversServes) {
  stack_.clock.Advance(absl::Hours(2));
  FetchFor({"read"}, "narrow");
  FetchFor({"read", "write"}, "wider");
  EXPECT_EQ(ServedFor({"read"}), "access-narrow");
  EXPECT_EQ(ServedFor({"write"}), "access-wider");
}

TEST_F(NarrowingTest, ANarrowTokenDoesNotServeAWiderRequest) {
  stack_.clock.Advance(absl::Hours(2));
  FetchFor({"read"}, "narrow");
  EXPECT_EQ(FetchFor({"write"}, "other"), Scopes({"write"}));
}

TEST_F(NarrowingTest, WhoJoinsWithOtherScopesIsServedApart) {
  stack_.clock.Advance(absl::Hours(2));
  auto first = Ask({"read"});
  ASSERT_TRUE(stack_.upstream.AwaitCalls(2));
  auto second = Ask({"write"});
  Granted read = stack_.Grants("read");
  read.access_token.scopes = Scopes({"read"});
  ASSERT_TRUE(stack_.upstream.Answer(std::move(read)));
  EXPECT_EQ((*first.Get())->token.value.Expose(), "access-read");
  Granted write = stack_.Grants("write");
  write.access_token.scopes = Scopes({"write"});
  ASSERT_TRUE(stack_.upstream.Answer(std::move(write)));
  EXPECT_EQ((*second.Get())->token.value.Expose(), "access-write");
}

TEST_F(NarrowingTest, AProviderThatGivesLessIsNotAskedForEver) {
  stack_.clock.Advance(absl::Hours(2));
  auto answer = Ask({"write"});
  Granted less = stack_.Grants("less");
  less.access_token.scopes = Scopes({"read"});
  ASSERT_TRUE(stack_.upstream.Answer(std::move(less)));
  EXPECT_EQ(WhyOf(answer.Get().status()), "SCOPES_NOT_GRANTED");
  EXPECT_EQ(stack_.provider_calls(), 2u);
}

TEST_F(NarrowingTest, AtTheMintBudgetAWiderTokenServes) {
  Provider limited = CoreStack::TestProvider();
  limited.narrows = true;
  limited.limits = {{Counted::kAccessTokens, CountedPer::kRefreshToken, 1,
                     absl::Minutes(10), PastLimit::kRefuses}};
  stack_.providers.Replace(std::move(limited));
  stack_.clock.Advance(absl::Hours(2));
  FetchFor({"read", "write"}, "wider");
  EXPECT_EQ(ServedFor({"read"}), "access-wider");
  const auto refused = Ask({"send"}).Get();
  EXPECT_EQ(ReasonOf(refused.status()), Reason::kProviderLimitReached);
}

}  // namespace
}  // namespace bursar
