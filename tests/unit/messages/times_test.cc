#include "server/messages/times.h"

#include <gtest/gtest.h>

namespace bursar {
namespace {

const absl::Time kMomentInNanos =
    absl::FromUnixNanos(1'700'000'000'123'456'789);

TEST(TimesTest, ATimeKeepsItsNanoseconds) {
  EXPECT_EQ(ToProto(kMomentInNanos).seconds(), 1'700'000'000);
  EXPECT_EQ(ToProto(kMomentInNanos).nanos(), 123'456'789);
}

TEST(TimesTest, ATimeBefore1970HasNanosecondsThatCountForwards) {
  const auto proto = ToProto(absl::UnixEpoch() - absl::Milliseconds(250));
  EXPECT_EQ(proto.seconds(), -1);
  EXPECT_EQ(proto.nanos(), 750'000'000);
}

TEST(TimesTest, ADurationKeepsItsNanoseconds) {
  const auto proto = ToProto(absl::Milliseconds(1500));
  EXPECT_EQ(proto.seconds(), 1);
  EXPECT_EQ(proto.nanos(), 500'000'000);
}

}  // namespace
}  // namespace bursar
