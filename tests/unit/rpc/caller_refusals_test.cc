#include "server/rpc/caller_refusals.h"

#include <gmock/gmock.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace bursar {
namespace {

using ::testing::HasSubstr;

constexpr absl::Time kMoment = absl::FromUnixSeconds(1'700'000'000);

class CallerRefusalsTest : public ::testing::Test {
 protected:
  CallerRefusalsTest() { ::testing::internal::CaptureStderr(); }
  ~CallerRefusalsTest() override { Lines(); }

  // Refuses one call of `peer` for `why` that showed a bearer credential.
  void Refuse(absl::string_view peer, absl::string_view why,
              absl::Time now = kMoment) {
    answer_ = refusals_.Refuse(peer, ShownCredential::kBearer, why, now);
  }

  // What was logged, call it once.
  std::vector<std::string> Lines() {
    if (is_read_) return {};
    is_read_ = true;
    return absl::StrSplit(::testing::internal::GetCapturedStderr(), '\n',
                          absl::SkipEmpty());
  }

  CallerRefusals refusals_;
  absl::Status answer_;

 private:
  bool is_read_ = false;
};

TEST_F(CallerRefusalsTest, TheLogSaysWhyAndTheAnswerDoesNot) {
  Refuse("ipv4:10.0.0.1:5000", "it has expired");
  EXPECT_EQ(answer_, CredentialsInvalid());
  const auto lines = Lines();
  ASSERT_EQ(lines.size(), 1);
  EXPECT_THAT(lines[0], HasSubstr("info caller.refused peer=ipv4:10.0.0.1:5000 "
                                  "why=\"it has expired\" left_out=0"));
}

TEST_F(CallerRefusalsTest, AFloodIsAFewLinesAndCountedWhole) {
  for (int port = 1; port <= 10'000; ++port) {
    Refuse(absl::StrCat("ipv4:10.0.0.1:", port), "it has expired");
  }
  EXPECT_EQ(refusals_.CountOf(ShownCredential::kBearer), 10'000);
  EXPECT_EQ(Lines().size(), LogBudget::kOfOneThing);
}

TEST_F(CallerRefusalsTest, AFloodFromEverywhereIsAFewLinesASecond) {
  for (int host = 0; host < 10'000; ++host) {
    const std::string peer = absl::StrCat("ipv6:[2001:db8::", host, "]:5000");
    Refuse(peer, "it has expired", kMoment + host * absl::Milliseconds(1));
  }
  // Of ten seconds.
  EXPECT_EQ(Lines().size(),
            LogBudget::kAtOnce + absl::Seconds(9.9) / LogBudget::kOneMoreEach);
}

TEST_F(CallerRefusalsTest, AnotherReasonOfTheSamePeerIsToldAfterAFlood) {
  for (int call = 0; call < 100; ++call) {
    Refuse("ipv4:10.0.0.1:5000", "it has expired");
  }
  Refuse("ipv4:10.0.0.1:5000", "it is revoked");
  EXPECT_THAT(Lines().back(),
              HasSubstr(absl::StrCat("why=\"it is revoked\" left_out=",
                                     100 - LogBudget::kOfOneThing)));
}

TEST_F(CallerRefusalsTest, EachIsCountedByWhatWasShown) {
  for (const ShownCredential shown :
       {ShownCredential::kNone, ShownCredential::kNone,
        ShownCredential::kCertificate}) {
    answer_ = refusals_.Refuse("unix:", shown, "it is not good", kMoment);
  }
  EXPECT_EQ(refusals_.CountOf(ShownCredential::kNone), 2);
  EXPECT_EQ(refusals_.CountOf(ShownCredential::kCertificate), 1);
  EXPECT_EQ(refusals_.CountOf(ShownCredential::kBearer), 0);
}

}  // namespace
}  // namespace bursar
