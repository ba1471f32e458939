#include "server/metrics/event_counters.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "prometheus/text_serializer.h"
#include "server/core/event.h"

namespace bursar {
namespace {

using testing::HasSubstr;
using testing::Not;

class EventCountersTest : public testing::Test {
 protected:
  void Happen(absl::string_view kind, const std::string& outcome) {
    Event event;
    event.kind = std::string(kind);
    event.user = UserId("ann");
    event.grant = GrantId("grant-1");
    event.client = ClientName("calendar");
    event.outcome = outcome;
    counters_.Happened(event);
  }

  std::string Scraped() const {
    return prometheus::TextSerializer().Serialize(registry_.Collect());
  }

  prometheus::Registry registry_;
  EventCounters counters_{registry_};
};

TEST_F(EventCountersTest, EachKindClientAndOutcomeIsCounted) {
  Happen(event::kTokenRefreshed, "ok");
  Happen(event::kTokenRefreshed, "ok");
  Happen(event::kRefreshFailed, "PROVIDER_TIMED_OUT");
  EXPECT_THAT(Scraped(), HasSubstr("bursar_events_total{client=\"calendar\","
                                   "kind=\"token.refreshed\",outcome=\"ok\"} "
                                   "2"));
  EXPECT_THAT(Scraped(), HasSubstr("outcome=\"PROVIDER_TIMED_OUT\"} 1"));
}

TEST_F(EventCountersTest, WarningsOfALimitAreOneSeries) {
  Happen(event::kLimitNear, "8 of 10 access tokens per refresh token");
  Happen(event::kLimitNear, "16 of 20 refresh tokens per user");
  EXPECT_THAT(Scraped(), HasSubstr("kind=\"limit.near\",outcome=\"near\"} 2"));
}

TEST_F(EventCountersTest, HowMuchOfWhatIsNoSeriesOfItsOwn) {
  Happen(event::kTokensDelivered, "12");
  Happen(event::kTokensDelivered, "345");
  Happen(event::kEventsRemoved, "1-2000");
  EXPECT_THAT(Scraped(),
              HasSubstr("kind=\"tokens.delivered\",outcome=\"ok\"} 2"));
  EXPECT_THAT(Scraped(),
              HasSubstr("kind=\"events.removed\",outcome=\"ok\"} 1"));
}

TEST_F(EventCountersTest, NobodyAndNoGrantIsNamed) {
  Happen(event::kGrantCreated, "ok");
  EXPECT_THAT(Scraped(), Not(HasSubstr("ann")));
  EXPECT_THAT(Scraped(), Not(HasSubstr("grant-1")));
}

}  // namespace
}  // namespace bursar
