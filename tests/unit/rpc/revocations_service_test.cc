#include "server/rpc/revocations_service.h"

#include <gmock/gmock.h>

#include "tests/unit/rpc/broker_fixture.h"

namespace bursar {
namespace {

using RevocationsStub = v1::Revocations::Stub;

class RevocationsServiceTest : public BrokerFixture {
 protected:
  RevocationsServiceTest() {
    CreateCalendar();
    grant = ConsentOf("ada", "access-1", "refresh-1");
    v1::RevokeRequest request;
    request.set_grant(grant.id());
    Call(*broker, &v1::TokenBroker::Stub::Revoke, request);
  }

  v1::ListPendingRevocationsResponse List(const std::string& client = "",
                                          const std::string& page_token = "") {
    v1::ListPendingRevocationsRequest request;
    request.set_client(client);
    request.set_page_token(page_token);
    return Call(*revocations, &RevocationsStub::ListPendingRevocations,
                request);
  }

  v1::Grant grant;
};

TEST_F(RevocationsServiceTest, ShowsWhatTheProviderHasNotConfirmed) {
  const auto listed = List();
  ASSERT_EQ(listed.revocations_size(), 1) << message;
  const v1::PendingRevocation& pending = listed.revocations(0);
  EXPECT_EQ(pending.grant(), grant.id());
  EXPECT_EQ(pending.user(), "ada");
  EXPECT_EQ(pending.client(), "calendar");
  EXPECT_EQ(pending.provider(), "zoho");
  EXPECT_EQ(pending.data_center(), "us");
  EXPECT_EQ(pending.attempts(), 0);
  EXPECT_EQ(pending.end_time().seconds(), absl::ToUnixSeconds(clock.Now()));
}

TEST_F(RevocationsServiceTest, ShowsAnotherClientsOnlyWhereAskedFor) {
  EXPECT_EQ(List("another").revocations_size(), 0);
  EXPECT_EQ(List("calendar").revocations_size(), 1);
}

TEST_F(RevocationsServiceTest, APageTokenOfSomethingElseIsRefused) {
  List("", "made-up");
  EXPECT_EQ(error.code, grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(error.field, "page_token");
}

TEST_F(RevocationsServiceTest, ARetryAsksTheProviderNow) {
  ASSERT_TRUE(upstream.AnswerRevocation(RevokeResult::kTryAgain));
  ASSERT_TRUE(executor.AwaitTask());
  const auto retried = Call(*revocations, &RevocationsStub::RetryRevocations,
                            v1::RetryRevocationsRequest());
  EXPECT_EQ(retried.hastened(), 1) << message;
  ASSERT_TRUE(upstream.AnswerRevocation(RevokeResult::kConfirmed));
}

TEST_F(RevocationsServiceTest, AMalformedGrantIsRefused) {
  v1::RetryRevocationsRequest request;
  request.set_grant(std::string(200, 'g'));
  Call(*revocations, &RevocationsStub::RetryRevocations, request);
  EXPECT_EQ(error.field, "grant");
}

}  // namespace
}  // namespace bursar
