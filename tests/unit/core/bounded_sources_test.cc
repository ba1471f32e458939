// The sources that keep callers to what the policy lets them have.

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "server/base/log_budget.h"
#include "server/core/refresh_bound_source.h"
#include "server/core/subject_pattern.h"
#include "server/core/withholding_source.h"

namespace bursar {
namespace {

const Actor kBoundShop("dns:shop.example");

// Gives a token with these scopes, whatever was asked for.
class SourceOf final : public TokenSource {
 public:
  explicit SourceOf(std::vector<std::string> scopes)
      : scopes_(std::move(scopes)) {}

  void Get(const TokenRequest&, absl::Time, Done done) override {
    ++asked;
    auto token = std::make_shared<IssuedToken>();
    token->token.scopes = scopes_;
    done(std::move(token));
  }

  int asked = 0;

 private:
  const Scopes scopes_;
};

class BoundedSourcesTest : public testing::Test {
 protected:
  BoundedSourcesTest() {
    PolicyRule rule;
    rule.subjects = {*ParseSubject("dns:shop.example")};
    rule.rpcs = RpcsOf(RpcGroup::kCallers);
    rule.clients.kind = NameClause::Kind::kAny;
    rule.users.kind = NameClause::Kind::kAny;
    rule.scopes.listed = {PathPattern::Exactly("READ"),
                          PathPattern::Exactly("LIST")};
    CallerLimit limit;
    limit.refreshes_per_minute = 2;
    policy.Put(std::make_shared<const AccessPolicy>(
        std::vector<PolicyRule>{rule}, limit, std::vector<SubjectLimit>(),
        "v1"));
  }

  absl::Status Get(TokenSource& source, TokenRequest request) {
    absl::Status status = absl::UnknownError("not told");
    request.actor = kBoundShop;
    source.Get(request, now,
               [&](TokenSource::Answer answer) { status = answer.status(); });
    return status;
  }

  static TokenRequest Bound() {
    TokenRequest request{{UserId("ann"), ClientName("crm"), Scopes({"READ"})},
                         absl::Minutes(1),
                         {},
                         {}};
    request.is_bound = true;
    return request;
  }
  static TokenRequest Insisting() {
    TokenRequest request = Bound();
    request.failed = FailedGeneration{GrantId("g"), 1};
    return request;
  }

  PolicyInForce policy;
  OwnUsers own_users;
  CallerLimits limits{100};
  absl::Time now = absl::FromUnixSeconds(1'800'000'000);
};

TEST_F(BoundedSourcesTest, ATokenThatCanDoMoreThanItsCallerMayIsWithheld) {
  SourceOf wide({"READ", "WRITE"});
  WithholdingSource source(wide, policy, own_users);
  const absl::Status status = Get(source, Bound());
  EXPECT_EQ(RefusalOf(status)->reason, Reason::kPermissionDenied);
}

TEST_F(BoundedSourcesTest, AskingOnAndOnForSuchATokenIsAFewLinesOfTheLog) {
  SourceOf wide({"READ", "WRITE"});
  WithholdingSource source(wide, policy, own_users);
  ::testing::internal::CaptureStderr();
  for (int call = 0; call < 1000; ++call) {
    EXPECT_FALSE(Get(source, Bound()).ok());
  }
  const std::string log = ::testing::internal::GetCapturedStderr();
  EXPECT_EQ(std::count(log.begin(), log.end(), '\n'), LogBudget::kOfOneThing);
}

TEST_F(BoundedSourcesTest, ATokenThatCanDoNoMoreIsGiven) {
  SourceOf narrow({"LIST", "READ"});
  WithholdingSource source(narrow, policy, own_users);
  EXPECT_TRUE(Get(source, Bound()).ok());
}

TEST_F(BoundedSourcesTest, WhoeverIsBoundToNoScopesGetsWhatThereIs) {
  SourceOf wide({"READ", "WRITE"});
  WithholdingSource source(wide, policy, own_users);
  TokenRequest request = Bound();
  request.is_bound = false;
  EXPECT_TRUE(Get(source, request).ok());
}

TEST_F(BoundedSourcesTest, ATokenThatComesAfterThePolicyChangedIsWithheld) {
  SourceOf narrow({"READ"});
  WithholdingSource source(narrow, policy, own_users);
  policy.Put(PolicyInForce().Get());
  EXPECT_FALSE(Get(source, Bound()).ok());
}

TEST_F(BoundedSourcesTest, InsistingOnNewTokensIsCounted) {
  SourceOf tokens({"READ"});
  RefreshBoundSource source(tokens, policy, limits);
  EXPECT_TRUE(Get(source, Insisting()).ok());
  EXPECT_TRUE(Get(source, Insisting()).ok());
  const absl::Status status = Get(source, Insisting());
  EXPECT_EQ(RefusalOf(status)->reason, Reason::kCallerThrottled);
  EXPECT_EQ(tokens.asked, 2);
  now += absl::Seconds(30);
  EXPECT_TRUE(Get(source, Insisting()).ok());
}

TEST_F(BoundedSourcesTest, WantingAlmostAWholeLifeIsInsisting) {
  SourceOf tokens({"READ"});
  RefreshBoundSource source(tokens, policy, limits);
  TokenRequest request = Bound();
  request.min_ttl = absl::Minutes(59);
  EXPECT_TRUE(Get(source, request).ok());
  EXPECT_TRUE(Get(source, request).ok());
  EXPECT_FALSE(Get(source, request).ok());
}

TEST_F(BoundedSourcesTest, OrdinaryRequestsAreNotCounted) {
  SourceOf tokens({"READ"});
  RefreshBoundSource source(tokens, policy, limits);
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(Get(source, Bound()).ok());
}

}  // namespace
}  // namespace bursar
