#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sandbox/url.h"
#include "tests/fakes/eventually.h"
#include "tests/unit/sandbox/raw_call.h"
#include "tests/unit/sandbox/running_sandbox.h"

namespace bursar::sandbox {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr absl::Duration kPatience = absl::Seconds(10);

class FaultTest : public RunningSandbox {
 protected:
  void Script(json fault) const {
    fault["call"] = "token.refresh";
    EXPECT_EQ(Control("faults", fault).status, 200);
  }

  RawReply RawRefresh(absl::Duration patience) const {
    return RawPost(port_, "/oauth/v2/token",
                   QueryOf({{"grant_type", "refresh_token"},
                            {"client_id", client_.id},
                            {"client_secret", client_.secret},
                            {"refresh_token", token_}}),
                   patience);
  }

  Reply Refreshed() const { return Refresh(client_, token_); }

  const Client client_ = Register();
  const std::string token_ = RefreshToken(client_);
};

TEST_F(FaultTest, AResetIsAReset) {
  Script({{"kind", "reset"}});
  const RawReply reply = RawRefresh(kPatience);
  EXPECT_EQ(reply.end, RawReply::End::kReset);
  EXPECT_THAT(reply.text, IsEmpty());
  EXPECT_EQ(Refreshed().status, 200);
}

TEST_F(FaultTest, ADropIsACloseWithoutAnAnswer) {
  Script({{"kind", "drop"}});
  const RawReply reply = RawRefresh(kPatience);
  EXPECT_EQ(reply.end, RawReply::End::kClosed);
  EXPECT_THAT(reply.text, IsEmpty());
}

TEST_F(FaultTest, AStallIsSilence) {
  Script({{"kind", "stall"}});
  const RawReply reply = RawRefresh(absl::Milliseconds(200));
  EXPECT_EQ(reply.end, RawReply::End::kSilence);
  EXPECT_THAT(reply.text, IsEmpty());
}

TEST_F(FaultTest, AStallEndsWhenToldTo) {
  Script({{"kind", "stall"}, {"delay_ms", 20}});
  EXPECT_EQ(RawRefresh(kPatience).end, RawReply::End::kClosed);
}

TEST_F(FaultTest, AStallWithABodyComesInTheMiddleOfOne) {
  Script({{"kind", "stall"}, {"body", "{\"access"}});
  const RawReply reply = RawRefresh(absl::Seconds(1));
  EXPECT_EQ(reply.end, RawReply::End::kSilence);
  EXPECT_THAT(reply.text, HasSubstr("Content-Length: 9"));
  EXPECT_THAT(reply.text, HasSubstr("{\"access"));
}

TEST_F(FaultTest, ADelayIsOneAndThenTheAnswerComes) {
  Script({{"kind", "delay"}, {"delay_ms", 300}});
  const absl::Time begin = absl::Now();
  EXPECT_TRUE(Refreshed().json().contains("access_token"));
  EXPECT_GE(absl::Now() - begin, absl::Milliseconds(300));
}

TEST_F(FaultTest, AnotherStatusComesWithItsHeadersAndBody) {
  Script({{"kind", "status"},
          {"status", 503},
          {"headers", {{"Retry-After", "7"}}},
          {"body", "<h1>Down</h1>"}});
  const RawReply reply = RawRefresh(kPatience);
  EXPECT_THAT(reply.text, HasSubstr("HTTP/1.1 503"));
  EXPECT_THAT(reply.text, HasSubstr("Retry-After: 7"));
  EXPECT_THAT(reply.text, HasSubstr("<h1>Down</h1>"));
}

TEST_F(FaultTest, ABodyCanBeHuge) {
  Script({{"kind", "body"}, {"body_bytes", 20000000}});
  EXPECT_EQ(Refreshed().body.size(), 20000000u);
}

TEST_F(FaultTest, FieldsOfTheTrueAnswerCanBeChangedAndLeftOut) {
  Script({{"set_field", {{"expires_in", 0}}}, {"delete_field", "scope"}});
  const json answer = Refreshed().json();
  EXPECT_EQ(answer["expires_in"], 0);
  EXPECT_FALSE(answer.contains("scope"));
  EXPECT_TRUE(answer.contains("access_token"));
}

TEST_F(FaultTest, AFaultHappensAsOftenAsToldAndNotToOtherCalls) {
  Script({{"kind", "status"}, {"status", 500}, {"times", 2}});
  EXPECT_NE(Exchange(client_, "none").status, 500);
  EXPECT_EQ(Refreshed().status, 500);
  EXPECT_EQ(Refreshed().status, 500);
  EXPECT_EQ(Refreshed().status, 200);
}

TEST_F(FaultTest, FaultsCanBeCalledOff) {
  Script({{"kind", "reset"}, {"times", 100}});
  EXPECT_EQ(Get("/control/faults").json()["faults"].size(), 1u);
  EXPECT_EQ(Delete("/control/faults").status, 200);
  EXPECT_EQ(Refreshed().status, 200);
}

TEST_F(FaultTest, BeforeProcessingNothingHasHappened) {
  Switch("rotation", true);
  Script({{"kind", "reset"}});
  RawRefresh(kPatience);
  EXPECT_EQ(Counters()["issued"]["refresh_tokens"], 1);
  EXPECT_TRUE(Refreshed().json().contains("refresh_token"));
}

TEST_F(FaultTest, AfterProcessingTheAnswerIsLostAndTheTokenRotated) {
  Switch("rotation", true);
  for (const json& fault :
       {json{{"kind", "reset"}, {"after_processing", true}},
        json{{"kind", "drop_after_processing"}},
        json{
            {"kind", "status"}, {"status", 502}, {"after_processing", true}}}) {
    const std::string token = RefreshToken(client_);
    const int before = Counters()["issued"]["refresh_tokens"];
    Script(fault);
    EXPECT_NE(Refresh(client_, token).status, 200) << fault;
    EXPECT_EQ(Counters()["issued"]["refresh_tokens"], before + 1) << fault;
    EXPECT_EQ(Refresh(client_, token).body, kDead) << fault;
  }
}

TEST_F(FaultTest, AfterProcessingADelayLeavesTimeToSeeTheRotation) {
  Switch("rotation", true);
  Script({{"kind", "delay"}, {"delay_ms", 600000}, {"after_processing", true}});
  const RawReply reply = RawRefresh(absl::Milliseconds(300));
  EXPECT_EQ(reply.end, RawReply::End::kSilence);
  EXPECT_TRUE(
      Eventually([&] { return Counters()["issued"]["refresh_tokens"] == 2; }));
}

}  // namespace
}  // namespace bursar::sandbox
