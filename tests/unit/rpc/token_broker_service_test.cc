#include "server/rpc/token_broker_service.h"

#include <gmock/gmock.h>

#include <thread>

#include "tests/unit/rpc/broker_fixture.h"

namespace bursar {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Stub = v1::TokenBroker::Stub;

class TokenBrokerServiceTest : public BrokerFixture {
 protected:
  v1::AccessToken Get(const std::string& user) {
    v1::GetTokenRequest request;
    request.set_user(user);
    request.set_client("calendar");
    return Call(*broker, &Stub::GetToken, request).token();
  }

  v1::RefreshRequest RefreshOf(const std::string& user) {
    v1::RefreshRequest request;
    request.set_user(user);
    request.set_client("calendar");
    return request;
  }
};

TEST_F(TokenBrokerServiceTest, ATokenComesWithAllThatItsUseNeeds) {
  CreateCalendar();
  const v1::Grant grant = ConsentOf("ada", "access-1", "refresh-1");
  const v1::AccessToken token = Get("ada");
  EXPECT_EQ(error.code, grpc::StatusCode::OK) << message;
  EXPECT_EQ(token.access_token(), "access-1");
  EXPECT_EQ(token.token_type(), "Bearer");
  EXPECT_EQ(token.authorization(), "Zoho-oauthtoken access-1");
  EXPECT_EQ(token.api_domain(), "https://api.us.test");
  EXPECT_THAT(token.scopes(), ElementsAre("Calendar.READ"));
  EXPECT_EQ(token.grant(), grant.id());
  EXPECT_EQ(token.generation(), 1);
  EXPECT_EQ(token.expire_time().seconds(),
            absl::ToUnixSeconds(clock.Now() + absl::Hours(1)));
}

TEST_F(TokenBrokerServiceTest, WithoutAGrantTheUserMustConsent) {
  CreateCalendar();
  Get("ada");
  EXPECT_EQ(error.code, grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(error.reason, "CONSENT_REQUIRED");
  EXPECT_EQ(error.metadata["why"], "NO_GRANT");
}

TEST_F(TokenBrokerServiceTest, AnUnknownClientIsNotFound) {
  Get("ada");
  EXPECT_EQ(error.code, grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(error.metadata["resource"], "client");
}

TEST_F(TokenBrokerServiceTest, RefreshBringsANewerTokenThanTheFailedOne) {
  CreateCalendar();
  ConsentOf("ada", "access-1", "refresh-1");
  const v1::AccessToken failed = Get("ada");
  v1::RefreshRequest request = RefreshOf("ada");
  request.set_failed_generation(failed.generation());
  request.set_grant(failed.grant());
  std::thread provider([&] {
    EXPECT_TRUE(upstream.Answer(GrantedTokens("access-2", "", clock.Now())));
  });
  const auto token = Call(*broker, &Stub::Refresh, request).token();
  provider.join();
  EXPECT_EQ(token.access_token(), "access-2") << message;
  EXPECT_EQ(token.generation(), 2);
}

TEST_F(TokenBrokerServiceTest, RefreshWithoutAFailedTokenIsRefused) {
  Call(*broker, &Stub::Refresh, RefreshOf("ada"));
  EXPECT_EQ(error.code, grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(error.field, "failed");
}

TEST_F(TokenBrokerServiceTest, AGenerationIsNamedWithItsGrant) {
  v1::RefreshRequest request = RefreshOf("ada");
  request.set_failed_generation(1);
  Call(*broker, &Stub::Refresh, request);
  EXPECT_EQ(error.field, "grant");
  request.set_failed_generation(0);
  request.set_grant("grant-1");
  Call(*broker, &Stub::Refresh, request);
  EXPECT_EQ(error.field, "failed_generation");
}

TEST_F(TokenBrokerServiceTest, ARevokedGrantYieldsNoToken) {
  CreateCalendar();
  const v1::Grant grant = ConsentOf("ada", "access-1", "refresh-1");
  Get("ada");
  v1::RevokeRequest request;
  request.mutable_user_and_client()->set_user("ada");
  request.mutable_user_and_client()->set_client("calendar");
  EXPECT_THAT(Call(*broker, &Stub::Revoke, request).revoked_grants(),
              ElementsAre(grant.id()));
  Get("ada");
  EXPECT_EQ(error.reason, "CONSENT_REQUIRED");
  EXPECT_THAT(Call(*broker, &Stub::Revoke, request).revoked_grants(),
              IsEmpty());
  EXPECT_EQ(error.code, grpc::StatusCode::OK) << message;
  EXPECT_TRUE(upstream.AnswerRevocation(RevokeResult::kConfirmed));
}

TEST_F(TokenBrokerServiceTest, EachTargetOfARevocationIsUnderstood) {
  CreateCalendar();
  v1::RevokeRequest request;
  Call(*broker, &Stub::Revoke, request);
  EXPECT_EQ(error.field, "target");
  request.set_grant("grant-unknown");
  Call(*broker, &Stub::Revoke, request);
  EXPECT_EQ(error.metadata["resource"], "grant");
  request.set_token("token-unknown");
  Call(*broker, &Stub::Revoke, request);
  EXPECT_EQ(error.metadata["resource"], "token");
  request.set_client("nobody");
  Call(*broker, &Stub::Revoke, request);
  EXPECT_EQ(error.metadata["resource"], "client");
  request.set_user("nobody");
  Call(*broker, &Stub::Revoke, request);
  EXPECT_EQ(error.code, grpc::StatusCode::OK) << message;
}

}  // namespace
}  // namespace bursar
