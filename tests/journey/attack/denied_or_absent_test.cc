// Whoever may not ask learns nothing: what is there and what is not are denied
// alike, in words and in time.

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/journey/attack/of_the_stronghold.h"

namespace bursar::journey {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr int kCalls = 10'000;

// Ann has a grant; of these the broker never heard.
constexpr char kNobody[] = "nob@example.com";
constexpr char kNoGrant[] = "AAAAAAAAAAAAAAAAAAAAAA";

// The share of pairs in which one of `a` took longer than one of `b`: a half if
// the two cannot be told apart (the Mann-Whitney statistic, normalized).
double ShareOfLonger(std::vector<int64_t> a, std::vector<int64_t> b) {
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  double longer = 0;
  for (const int64_t time : a) {
    const auto [first, last] = std::equal_range(b.begin(), b.end(), time);
    longer += static_cast<double>(first - b.begin()) +
              static_cast<double>(last - first) / 2;
  }
  return longer /
         (static_cast<double>(a.size()) * static_cast<double>(b.size()));
}

class DeniedOrAbsent : public OfTheStronghold<::testing::TestWithParam<Rpc>> {
 protected:
  std::string AboutAnn() const {
    return RequestAbout(GetParam(), kAnn, kClient, stronghold_->grant());
  }
  std::string AboutNobody() const {
    return RequestAbout(GetParam(), kNobody, kClient, kNoGrant);
  }
};

// The rival may ask for its own users alone.
std::vector<Rpc> RpcsAboutSomebody() {
  std::vector<Rpc> rpcs;
  for (const Rpc& rpc : EveryRpcThatAnswersOnce()) {
    if (!rpc.IsOperators() && !rpc.Begins()) rpcs.push_back(rpc);
  }
  return rpcs;
}

TEST_P(DeniedOrAbsent, AnswersAlikeInWords) {
  Api rival(Connect(
      stronghold_->Certified(absl::StrCat("URI:", Stronghold::kRival))));
  rival.SendBytes(GetParam().Path(), AboutAnn());
  rival.SendBytes(GetParam().Path(), AboutNobody());
  // Message and details, to the byte.
  const std::vector<std::string> statuses = rival.Statuses();
  ASSERT_EQ(statuses.size(), 2u);
  EXPECT_EQ(statuses[0], statuses[1]);
}

// One call of each in turn, so that whatever else the machine does meets both,
// and a third kind that is the second again: it tells how much is noise.
TEST_P(DeniedOrAbsent, AnswersAlikeInTime) {
  Api rival(Connect(
      stronghold_->Certified(absl::StrCat("URI:", Stronghold::kRival))));
  const std::string path = GetParam().Path();
  int others = 0;
  const auto time = [&](const std::string& bytes, std::vector<int64_t>& times) {
    const SteadyClock::time_point begun = SteadyClock::now();
    const Outcome outcome = rival.SendBytes(path, bytes);
    times.push_back((SteadyClock::now() - begun).count());
    if (outcome.code != grpc::StatusCode::PERMISSION_DENIED) ++others;
  };
  std::vector<int64_t> denied;
  std::vector<int64_t> absent;
  std::vector<int64_t> again;
  for (int call = 0; call < kCalls; ++call) {
    if (call % 2 == 0) time(AboutAnn(), denied);
    time(AboutNobody(), absent);
    if (call % 2 == 1) time(AboutAnn(), denied);
    time(AboutNobody(), again);
  }
  ASSERT_EQ(others, 0) << "calls were not denied";
  const double told_apart = ShareOfLonger(denied, absent);
  const double noise = ShareOfLonger(absent, again);
  std::printf(
      "%s: denied took longer than absent in %.3f of all pairs, absent "
      "longer than itself in %.3f\n",
      path.c_str(), told_apart, noise);
  EXPECT_NEAR(told_apart, 0.5, 0.05);
}

INSTANTIATE_TEST_SUITE_P(, DeniedOrAbsent,
                         ::testing::ValuesIn(RpcsAboutSomebody()),
                         [](const auto& rpc) { return rpc.param.Name(); });

}  // namespace
}  // namespace bursar::journey
