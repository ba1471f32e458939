// Zoho IoT's twenty refresh tokens, counted out.

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "tests/journey/products/product.h"

namespace bursar::journey {
namespace {

using ::testing::ElementsAre;

constexpr int kCap = 20;

class IotCap : public Journey {
 protected:
  void SetUp() override {
    BrokerOptions options;
    options.descriptor = "zoho-iot";
    options.limits = true;
    options.movable_clock = true;
    StartStack({.persona = "iot"}, options);
    for (const char* resource :
         {"devices", "assets", "locations", "alarms", "datapoints"}) {
      for (const char* operation : {"CREATE", "READ", "UPDATE", "DELETE"}) {
        // The other limits are on how fast.
        MoveClocks(absl::Minutes(2));
        scopes_.push_back(
            absl::StrCat("ZohoIOT.modules.", resource, ".", operation));
        grants_.push_back(Consent(kAnn, {scopes_.back()}));
      }
    }
    ASSERT_EQ(grants_.size(), kCap);
    MoveClocks(absl::Minutes(2));
  }

  Reply<v1::BeginConsentResponse> BeginTheNext(
      v1::BeginConsentRequest::OnCap on_cap) {
    v1::BeginConsentRequest request;
    request.set_user(kAnn);
    request.set_client(kClient);
    request.add_scopes("ZohoIOT.modules.commands.READ");
    request.set_on_cap(on_cap);
    return api().BeginConsent(request);
  }

  std::vector<std::string> scopes_;
  std::vector<v1::Grant> grants_;
};

// Line: IoT: 20 refresh tokens per user; the 21st refused here
TEST_F(IotCap, TheTwentyFirstConsentIsRefusedWhereThatIsWanted) {
  const auto refused = BeginTheNext(v1::BeginConsentRequest::REFUSE);
  EXPECT_EQ(refused.outcome.reason, "PROVIDER_LIMIT_REACHED");
  EXPECT_EQ(refused.outcome.metadata.at("evicts"), grants_.front().id());
}

// Line: IoT: 20 refresh tokens per user; the 21st evicts the oldest
TEST_F(IotCap, TheNamedVictimEndsAndTheOtherTwentyWork) {
  const auto begun = BeginTheNext(v1::BeginConsentRequest::WARN);
  ASSERT_TRUE(begun.ok()) << begun.outcome;
  EXPECT_THAT(begun.value.evicts(), ElementsAre(grants_.front().id()));
  const Page end = browser().Press(OpenConsent(begun.value.authorization_url()),
                                   "Accept", {{"user", kAnn}});
  ASSERT_EQ(end.status, 200);

  const auto tokens = sandbox().RefreshTokens(kAnn);
  ASSERT_EQ(tokens.size(), kCap + 1);
  EXPECT_EQ(tokens.front().state, "evicted");

  // Every access token of theirs has run out.
  MoveClocks(absl::Hours(2));
  const auto victims = GetToken(kAnn, {scopes_.front()});
  EXPECT_EQ(victims.outcome.reason, "CONSENT_REQUIRED");
  EXPECT_EQ(victims.outcome.metadata.at("why"), "EVICTED");
  scopes_.front() = "ZohoIOT.modules.commands.READ";
  for (const std::string& scope : scopes_) {
    const auto reply = GetToken(kAnn, {scope});
    EXPECT_TRUE(reply.ok()) << scope << reply.outcome;
  }
}

}  // namespace
}  // namespace bursar::journey
