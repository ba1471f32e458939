// bursarctl event.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/unit/client/bursarctl/bursarctl_test.h"

namespace bursar::client {
namespace {

using grpc::StatusCode;
using testing::AllOf;
using testing::HasSubstr;

TEST_F(BursarctlTest, ListsEventsOldestFirst) {
  broker_.list_events.Set([](const auto&, auto& response) {
    auto& event = *response.add_events();
    event.set_id(7);
    event.set_kind("grant.created");
    event.set_outcome("ok");
    return grpc::Status::OK;
  });
  const Outcome run = Run("event list --user ann");
  EXPECT_THAT(run.out, AllOf(HasSubstr("grant.created"), HasSubstr("OUTCOME")));
  EXPECT_EQ(broker_.list_events.calls().at(0).user(), "ann");
  EXPECT_FALSE(broker_.list_events.calls().at(0).newest_first());
}

TEST_F(BursarctlTest, FollowsEventsEachOnceInOrder) {
  // One more at every call; then the server goes wrong, which ends the command.
  broker_.list_events.Set([this](const auto& request, auto& response) {
    if (broker_.list_events.count() > 3) {
      return grpc::Status(StatusCode::INTERNAL, "enough");
    }
    response.add_events()->set_id(
        request.newest_first() ? 1 : request.after_id() + 1);
    return grpc::Status::OK;
  });
  const Outcome run = Run("event list --follow --output json");
  EXPECT_EQ(run.exit_code, 1);
  const auto first = run.out.find("\"id\":\"1\"");
  const auto second = run.out.find("\"id\":\"2\"");
  const auto third = run.out.find("\"id\":\"3\"");
  ASSERT_NE(third, std::string::npos) << run.out;
  EXPECT_LT(first, second);
  EXPECT_LT(second, third);
  EXPECT_EQ(run.out.find("\"id\":\"1\"", first + 1), std::string::npos);
}

}  // namespace
}  // namespace bursar::client
