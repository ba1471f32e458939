#include "server/core/single_flight.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace bursar {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(SingleFlightTest, OnlyTheFirstLeads) {
  SingleFlight<int, char> flights;
  EXPECT_TRUE(flights.Join(1, 'a'));
  EXPECT_FALSE(flights.Join(1, 'b'));
}

TEST(SingleFlightTest, OtherKeysFlyByThemselves) {
  SingleFlight<int, char> flights;
  EXPECT_TRUE(flights.Join(1, 'a'));
  EXPECT_TRUE(flights.Join(2, 'b'));
  EXPECT_THAT(flights.Land(2), ElementsAre('b'));
}

TEST(SingleFlightTest, LandingHandsOutAllWhoWait) {
  SingleFlight<int, char> flights;
  flights.Join(1, 'a');
  flights.Join(1, 'b');
  EXPECT_THAT(flights.Land(1), ElementsAre('a', 'b'));
}

TEST(SingleFlightTest, WhoeverJoinsAfterTheLandingLeadsANewFlight) {
  SingleFlight<int, char> flights;
  flights.Join(1, 'a');
  flights.Land(1);
  EXPECT_TRUE(flights.Join(1, 'b'));
}

TEST(SingleFlightTest, AReleasedFlightGoesOn) {
  SingleFlight<int, char> flights;
  flights.Join(1, 'a');
  EXPECT_THAT(flights.Release(1), ElementsAre('a'));
  EXPECT_FALSE(flights.Join(1, 'b'));
  EXPECT_THAT(flights.Land(1), ElementsAre('b'));
}

TEST(SingleFlightTest, AFlightMayLandWithNobodyWaiting) {
  SingleFlight<int, char> flights;
  flights.Join(1, 'a');
  flights.Release(1);
  EXPECT_THAT(flights.Land(1), IsEmpty());
}

}  // namespace
}  // namespace bursar
