// A month in the life of one grant: three services ask for a token every hour,
// each at its own time, and the provider throttles, breaks connections and
// fails as it likes. The clocks are moved; the same seed tells the same month.

#include <optional>
#include <random>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "tests/journey/harness/journey.h"

namespace bursar::journey {
namespace {

constexpr int kHours = 24 * 31;
constexpr int kServices = 3;
constexpr absl::Duration kBetweenServices = absl::Minutes(20);
// A caller whose token is refused comes again this often.
constexpr int kPatience = 20;

constexpr char kThrottled[] =
    R"({"error_description":"Bitte warten","error":"Access Denied",)"
    R"("status":"failure"})";

class Month : public Journey {
 protected:
  void SetUp() override {
    BrokerOptions options;
    options.limits = true;
    options.movable_clock = true;
    StartStack({}, options);
    Consent(kAnn);
  }

  // About one hour in ten has a provider that is not well.
  void MaybeFail() {
    switch (std::uniform_int_distribution<int>(0, 39)(random_)) {
      case 0:
        return sandbox().Add({.kind = "body", .body = kThrottled});
      case 1:
        return sandbox().Add({.kind = "reset", .times = 2});
      case 2:
        return sandbox().Add({.kind = "status", .times = 3, .status = 500});
      case 3:
        return sandbox().Add({.kind = "reset", .after_processing = true});
      default:
        return;
    }
  }

  // As one of the services: asks, and asks again when told to, until it has a
  // token.
  void AskUntilServed(int service) {
    for (int attempt = 0; attempt < kPatience; ++attempt) {
      if (attempt > 0) ++retries_;
      const auto reply = GetToken(kAnn);
      if (reply.ok()) return Served(service, reply.value);
      EXPECT_FALSE(AnyLives()) << reply.outcome << " at " << now_;
      ASSERT_TRUE(reply.outcome.retry_delay) << reply.outcome;
      Pass(absl::Ceil(*reply.outcome.retry_delay, absl::Seconds(1)));
    }
    FAIL() << "service " << service << " was not served at " << now_;
  }

  void Served(int service, const v1::AccessToken& token) {
    ++served_;
    expiry_ = now_ + (ToTime(token.expire_time()) - BrokerNow());
    if (std::uniform_int_distribution<int>(0, 49)(random_) != 0) return;
    EXPECT_EQ(sandbox().CallApi(token.authorization()), 200)
        << "service " << service << " at " << now_;
  }

  // By what the callers were told of the newest token, less what a call takes.
  bool AnyLives() const {
    return expiry_ && *expiry_ > now_ + absl::Seconds(5);
  }

  absl::Time BrokerNow() const { return absl::Now() + now_; }

  void Pass(absl::Duration time) {
    MoveClocks(time);
    now_ += time;
  }

  std::mt19937 random_{20261122};
  // Since the beginning, as far as the clocks were moved.
  absl::Duration now_ = absl::ZeroDuration();
  std::optional<absl::Duration> expiry_;
  int served_ = 0;
  int retries_ = 0;
};

TEST_F(Month, NobodyIsRefusedWhileATokenLivesAndNoLimitIsCrossed) {
  for (int hour = 0; hour < kHours; ++hour) {
    for (int service = 0; service < kServices; ++service) {
      // Until the next full third of an hour, wherever retries have led.
      const absl::Duration due =
          hour * absl::Hours(1) + service * kBetweenServices;
      if (due > now_) Pass(due - now_);
      MaybeFail();
      ASSERT_NO_FATAL_FAILURE(AskUntilServed(service));
      sandbox().ClearFaults();
    }
  }
  EXPECT_EQ(served_, kHours * kServices);
  EXPECT_GT(retries_, 0);
  EXPECT_LE(sandbox().Calls("token.refresh"), kHours + retries_);
  EXPECT_EQ(sandbox().Throttled(), 0);
  EXPECT_EQ(GrantsOf(kAnn).front().state(), v1::Grant::ACTIVE);
  RecordProperty("refreshes", absl::StrCat(sandbox().Calls("token.refresh")));
  RecordProperty("retries", retries_);
}

}  // namespace
}  // namespace bursar::journey
