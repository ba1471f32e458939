#include "server/base/log.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace bursar {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

class LogTest : public ::testing::Test {
 protected:
  LogTest() {
    log::SetLevel(log::Level::kDebug);
    ::testing::internal::CaptureStderr();
  }
  ~LogTest() override {
    if (!is_read_) ::testing::internal::GetCapturedStderr();
    log::SetLevel(log::Level::kInfo);
  }

  std::string Written() {
    is_read_ = true;
    return ::testing::internal::GetCapturedStderr();
  }

 private:
  bool is_read_ = false;
};

TEST_F(LogTest, LineHasTimeLevelEventAndFields) {
  log::Info("grant.created", {{"grant", "g1"}, {"generation", 3}});
  EXPECT_THAT(Written(),
              MatchesRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{"
                           "2}\\.[0-9]{3}Z info grant.created grant=g1 "
                           "generation=3\n"));
}

TEST_F(LogTest, DurationsCarryTheirUnit) {
  log::Info("paused", {{"pause", absl::Milliseconds(1500)}});
  EXPECT_THAT(Written(), EndsWith(" pause=1.5s\n"));
}

TEST_F(LogTest, ValueCannotBreakItsLine) {
  log::Info("named", {{"user", "a\nb"}});
  EXPECT_THAT(Written(), EndsWith(" user=\"a\\nb\"\n"));
}

TEST_F(LogTest, ValueCannotPassForAnotherField) {
  log::Info("named", {{"user", "a grant=\"g\""}});
  EXPECT_THAT(Written(), EndsWith(" user=\"a grant=\\\"g\\\"\"\n"));
}

TEST_F(LogTest, ValueIsNoFormatOfTheLibrarys) {
  log::Info("named", {{"user", "{}%v"}});
  EXPECT_THAT(Written(), EndsWith(" user={}%v\n"));
}

TEST_F(LogTest, EmptyValueShows) {
  log::Info("named", {{"user", ""}});
  EXPECT_THAT(Written(), EndsWith(" user=\"\"\n"));
}

TEST_F(LogTest, LinesBelowTheLevelAreDropped) {
  log::SetLevel(log::Level::kWarning);
  log::Debug("one");
  log::Info("two");
  log::Warning("three");
  log::Error("four");
  EXPECT_THAT(Written(),
              AllOf(Not(HasSubstr("one")), Not(HasSubstr("two")),
                    HasSubstr("warning three\n"), HasSubstr("error four\n")));
}

}  // namespace
}  // namespace bursar
