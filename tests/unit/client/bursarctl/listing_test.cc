// What all of bursarctl's listings have in common.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/unit/client/bursarctl/bursarctl_test.h"

namespace bursar::client {
namespace {

using testing::AllOf;
using testing::HasSubstr;

// Three pages of two clients each.
void AnswerWithPagesOfClients(ScriptedBroker& broker) {
  broker.list_clients.Set([](const auto& request, auto& response) {
    const int page =
        request.page_token().empty() ? 0 : std::stoi(request.page_token());
    for (int i = 0; i < 2; ++i) {
      auto& client = *response.add_clients();
      client.set_name(absl::StrCat("client-", page * 2 + i));
      client.set_provider("cliq");
    }
    if (page < 2) response.set_next_page_token(absl::StrCat(page + 1));
    return grpc::Status::OK;
  });
}

TEST_F(BursarctlTest, ListsEveryPage) {
  AnswerWithPagesOfClients(broker_);
  const Outcome run = Run("client list");
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, AllOf(HasSubstr("NAME"), HasSubstr("client-0"),
                             HasSubstr("client-5")));
  EXPECT_EQ(broker_.list_clients.count(), 3u);
}

TEST_F(BursarctlTest, StopsAtTheLimit) {
  AnswerWithPagesOfClients(broker_);
  const Outcome run = Run("client list --limit 3");
  const auto calls = broker_.list_clients.calls();
  ASSERT_EQ(calls.size(), 2u);
  EXPECT_EQ(calls[0].page_size(), 3);
  EXPECT_EQ(calls[1].page_size(), 1);
}

TEST_F(BursarctlTest, JsonHoldsAllPagesInOneObjectWithTheWiresNames) {
  AnswerWithPagesOfClients(broker_);
  const Outcome run = Run("client list --output json");
  EXPECT_THAT(run.out,
              AllOf(HasSubstr("\"clients\""), HasSubstr("client-5"),
                    HasSubstr("\"client_id\""), HasSubstr("\"has_secret\"")));
}

TEST_F(BursarctlTest, AnEmptyListSaysSo) {
  broker_.list_grants.Set([](const auto&, auto&) { return grpc::Status::OK; });
  EXPECT_EQ(Run("grant list").out, "No grants.\n");
}

}  // namespace
}  // namespace bursar::client
