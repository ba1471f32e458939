#include "server/rpc/grants_service.h"

#include <gmock/gmock.h>

#include <thread>

#include "tests/unit/rpc/broker_fixture.h"

namespace bursar {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class GrantsServiceTest : public BrokerFixture {
 protected:
  v1::BeginConsentResponse Begin(const std::string& user) {
    v1::BeginConsentRequest request;
    request.set_user(user);
    request.set_client("calendar");
    return Call(*grants, &v1::Grants::Stub::BeginConsent, request);
  }

  void Complete(const std::string& user, const std::string& state) {
    v1::CompleteConsentRequest request;
    request.set_user(user);
    request.set_state(state);
    request.set_code("the-code");
    Call(*grants, &v1::Grants::Stub::CompleteConsent, request);
  }
};

TEST_F(GrantsServiceTest, AConsentBeginsWithAUrlAndAnEnd) {
  CreateCalendar();
  const auto begun = Begin("ada");
  EXPECT_EQ(error.code, grpc::StatusCode::OK) << message;
  EXPECT_THAT(begun.authorization_url(), HasSubstr(begun.state()));
  EXPECT_EQ(begun.expire_time().seconds(),
            absl::ToUnixSeconds(clock.Now() + absl::Minutes(10)));
}

TEST_F(GrantsServiceTest, AConsentOfAnUnknownClientIsNotFound) {
  Begin("ada");
  EXPECT_EQ(error.code, grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(error.metadata["resource"], "client");
}

TEST_F(GrantsServiceTest, ACompletedConsentIsAGrantThatCanBeRead) {
  CreateCalendar();
  const v1::Grant made = ConsentOf("ada", "access-1", "refresh-1");
  v1::GetGrantRequest request;
  request.set_id(made.id());
  const v1::Grant grant = Call(*grants, &v1::Grants::Stub::GetGrant, request);
  EXPECT_EQ(grant.SerializeAsString(), made.SerializeAsString());
  EXPECT_EQ(grant.user(), "ada");
  EXPECT_EQ(grant.client(), "calendar");
  EXPECT_EQ(grant.provider(), "zoho");
  EXPECT_EQ(grant.state(), v1::Grant::ACTIVE);
  EXPECT_EQ(grant.generation(), 1);
}

TEST_F(GrantsServiceTest, AStateIsBoundToItsUserAndWhyIsNotTold) {
  CreateCalendar();
  const auto begun = Begin("ada");
  Complete("eve", begun.state());
  EXPECT_EQ(error.code, grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(error.reason, "STATE_UNUSABLE");
  EXPECT_THAT(error.metadata, IsEmpty());
  const std::string anothers = message;
  Complete("eve", "a-state-that-was-never-given-out");
  EXPECT_EQ(error.reason, "STATE_UNUSABLE");
  EXPECT_EQ(message, anothers);
}

TEST_F(GrantsServiceTest, ARefusedCodeIsToldAsSuch) {
  CreateCalendar();
  const auto begun = Begin("ada");
  std::thread provider([&] { EXPECT_TRUE(upstream.Answer(Dead{})); });
  Complete("ada", begun.state());
  provider.join();
  EXPECT_EQ(error.code, grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(error.reason, "CODE_REFUSED");
}

TEST_F(GrantsServiceTest, AnImportedTokenIsRedeemedOnceAndHeld) {
  CreateCalendar();
  v1::ImportGrantRequest request;
  request.set_user("ada");
  request.set_client("calendar");
  request.set_refresh_token("refresh-of-old");
  request.add_scopes("Calendar.READ");
  std::thread provider([&] {
    EXPECT_TRUE(upstream.Answer(GrantedTokens("access-1", "", clock.Now())));
  });
  const v1::Grant grant =
      Call(*grants, &v1::Grants::Stub::ImportGrant, request);
  provider.join();
  EXPECT_EQ(error.code, grpc::StatusCode::OK) << message;
  EXPECT_EQ(grant.state(), v1::Grant::ACTIVE);
  Call(*grants, &v1::Grants::Stub::ImportGrant, request);
  EXPECT_EQ(error.code, grpc::StatusCode::ALREADY_EXISTS);
  EXPECT_EQ(error.metadata["resource"], "grant");
}

TEST_F(GrantsServiceTest, AnImportNamesItsScopes) {
  v1::ImportGrantRequest request;
  request.set_user("ada");
  request.set_client("calendar");
  request.set_refresh_token("refresh-of-old");
  Call(*grants, &v1::Grants::Stub::ImportGrant, request);
  EXPECT_EQ(error.field, "scopes");
}

TEST_F(GrantsServiceTest, ListsByUserClientAndState) {
  CreateCalendar();
  ConsentOf("ada", "access-1", "refresh-1");
  const v1::Grant eves = ConsentOf("eve", "access-2", "refresh-2");
  v1::ListGrantsRequest request;
  request.set_user("eve");
  request.set_client("calendar");
  request.set_state(v1::Grant::ACTIVE);
  const auto page = Call(*grants, &v1::Grants::Stub::ListGrants, request);
  ASSERT_EQ(page.grants_size(), 1);
  EXPECT_EQ(page.grants(0).id(), eves.id());
  request.set_state(v1::Grant::REVOKED);
  EXPECT_EQ(Call(*grants, &v1::Grants::Stub::ListGrants, request).grants_size(),
            0);
}

TEST_F(GrantsServiceTest, AStateOrGroupThatIsNotKnownIsRefused) {
  v1::ListGrantsRequest list;
  list.set_state(static_cast<v1::Grant::State>(99));
  Call(*grants, &v1::Grants::Stub::ListGrants, list);
  EXPECT_EQ(error.field, "state");
  v1::ListUsageRequest usage;
  usage.set_group_by(static_cast<v1::ListUsageRequest::GroupBy>(99));
  Call(*grants, &v1::Grants::Stub::ListUsage, usage);
  EXPECT_EQ(error.field, "group_by");
}

TEST_F(GrantsServiceTest, ListsAGrantsRefreshTokensWithoutTheirValues) {
  CreateCalendar();
  const v1::Grant grant = ConsentOf("ada", "access-1", "refresh-1");
  v1::ListRefreshTokensRequest request;
  request.set_grant(grant.id());
  const auto page =
      Call(*grants, &v1::Grants::Stub::ListRefreshTokens, request);
  ASSERT_EQ(page.refresh_tokens_size(), 1) << message;
  EXPECT_EQ(page.refresh_tokens(0).state(), v1::RefreshToken::ACTIVE);
  EXPECT_THAT(page.SerializeAsString(), Not(HasSubstr("refresh-1")));
  request.set_grant("grant-unknown");
  Call(*grants, &v1::Grants::Stub::ListRefreshTokens, request);
  EXPECT_EQ(error.metadata["resource"], "grant");
}

TEST_F(GrantsServiceTest, UsageStandsBesideTheLimitsOnWhatARowCounts) {
  CreateCalendar();
  ConsentOf("ada", "access-1", "refresh-1");
  ConsentOf("eve", "access-2", "refresh-2");
  v1::ListUsageRequest request;
  const auto pairs = Call(*grants, &v1::Grants::Stub::ListUsage, request);
  ASSERT_EQ(pairs.usage_size(), 2) << message;
  EXPECT_EQ(pairs.usage(0).user(), "ada");
  EXPECT_EQ(pairs.usage(0).living_refresh_tokens(), 1);
  ASSERT_EQ(pairs.usage(0).limits_size(), 1);
  EXPECT_EQ(pairs.usage(0).limits(0).counted(), "refresh_tokens");
  EXPECT_EQ(pairs.usage(0).limits(0).per(), "user_and_client");
  EXPECT_EQ(pairs.usage(0).limits(0).used(), 1);
  EXPECT_EQ(pairs.usage(0).limits(0).at_most(), 20);
  EXPECT_FALSE(pairs.usage(0).limits(0).has_within());
  request.set_group_by(v1::ListUsageRequest::CLIENT);
  const auto of_clients = Call(*grants, &v1::Grants::Stub::ListUsage, request);
  ASSERT_EQ(of_clients.usage_size(), 1);
  EXPECT_EQ(of_clients.usage(0).client(), "calendar");
  EXPECT_EQ(of_clients.usage(0).living_refresh_tokens(), 2);
  ASSERT_EQ(of_clients.usage(0).limits_size(), 1);
  EXPECT_EQ(of_clients.usage(0).limits(0).used(), 2);
  EXPECT_EQ(of_clients.usage(0).limits(0).at_most(), 500);
  request.set_group_by(v1::ListUsageRequest::USER);
  const auto of_users = Call(*grants, &v1::Grants::Stub::ListUsage, request);
  ASSERT_EQ(of_users.usage_size(), 2);
  EXPECT_EQ(of_users.usage(0).provider(), "zoho");
  EXPECT_EQ(of_users.usage(0).limits_size(), 0);
}

TEST_F(GrantsServiceTest, EventsTellWhoDidWhatToWhom) {
  CreateCalendar();
  const v1::Grant grant = ConsentOf("ada", "access-1", "refresh-1");
  v1::ListEventsRequest request;
  request.set_grant(grant.id());
  request.set_newest_first(true);
  const auto page = Call(*events, &v1::Events::Stub::ListEvents, request);
  ASSERT_GE(page.events_size(), 1) << message;
  EXPECT_EQ(page.events(0).kind(), "grant.created");
  EXPECT_EQ(page.events(0).actor(), "anonymous");
  EXPECT_EQ(page.events(0).user(), "ada");
  EXPECT_EQ(page.events(0).outcome(), "ok");
}

TEST_F(GrantsServiceTest, ACodeFromTheConsoleIsExchanged) {
  CreateCalendar();
  v1::ExchangeCodeRequest request;
  request.set_user("ada");
  request.set_client("calendar");
  request.set_code("console-code");
  std::thread provider([&] {
    EXPECT_TRUE(
        upstream.Answer(GrantedTokens("access-1", "refresh-1", clock.Now())));
  });
  const v1::Grant grant =
      Call(*grants, &v1::Grants::Stub::ExchangeCode, request);
  provider.join();
  EXPECT_EQ(error.code, grpc::StatusCode::OK) << message;
  EXPECT_EQ(grant.state(), v1::Grant::ACTIVE);
  EXPECT_EQ(upstream.calls().back().token, "console-code");
}

TEST_F(GrantsServiceTest, ADevicesConsentCanBeFollowedToItsEnd) {
  CreateCalendar();
  v1::BeginDeviceConsentRequest begin;
  begin.set_user("ada");
  begin.set_client("calendar");
  std::thread provider([&] {
    DeviceAuthorization device;
    device.device_code = Secret::Copy("device-code");
    device.user_code = Secret::Copy("USER-CODE");
    device.verification_uri = "https://p.test/device";
    device.verification_uri_complete = Secret::Copy("https://p.test/device?c");
    device.expiry = clock.Now() + absl::Minutes(5);
    device.interval = absl::Seconds(5);
    EXPECT_TRUE(upstream.AnswerDeviceBegin(std::move(device)));
  });
  const auto begun =
      Call(*grants, &v1::Grants::Stub::BeginDeviceConsent, begin);
  provider.join();
  ASSERT_EQ(error.code, grpc::StatusCode::OK) << message;
  EXPECT_EQ(begun.user_code(), "USER-CODE");
  EXPECT_EQ(begun.verification_uri(), "https://p.test/device");
  EXPECT_EQ(begun.verification_uri_complete(), "https://p.test/device?c");
  EXPECT_TRUE(begun.has_expire_time());

  v1::GetDeviceConsentRequest get;
  get.set_id(begun.id());
  v1::DeviceConsent found =
      Call(*grants, &v1::Grants::Stub::GetDeviceConsent, get);
  EXPECT_EQ(found.state(), v1::DeviceConsent::PENDING);
  EXPECT_EQ(found.user(), "ada");
  EXPECT_EQ(found.client(), "calendar");

  ASSERT_TRUE(executor.AwaitTask());
  clock.Advance(absl::Seconds(5));
  executor.Advance(absl::Seconds(5));
  ASSERT_TRUE(upstream.AnswerDevicePoll(RedeemResult(Dead{})));
  while (found.state() == v1::DeviceConsent::PENDING) {
    found = Call(*grants, &v1::Grants::Stub::GetDeviceConsent, get);
  }
  EXPECT_EQ(found.state(), v1::DeviceConsent::FAILED);
  EXPECT_EQ(found.reason(), v1::CODE_REFUSED);
}

TEST_F(GrantsServiceTest, AnUnknownDevicesConsentIsNotFound) {
  v1::GetDeviceConsentRequest request;
  request.set_id("device-1");
  Call(*grants, &v1::Grants::Stub::GetDeviceConsent, request);
  EXPECT_EQ(error.code, grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(error.metadata.at("resource"), "device_consent");
}

TEST_F(GrantsServiceTest, AClientGetsATokenOfItsOwn) {
  CreateCalendar();
  v1::RequestClientCredentialsRequest request;
  request.set_user("reports");
  request.set_client("calendar");
  request.set_organization("Service.1");
  std::thread provider([&] {
    EXPECT_TRUE(upstream.Answer(GrantedTokens("access-1", "", clock.Now())));
  });
  const v1::Grant grant =
      Call(*grants, &v1::Grants::Stub::RequestClientCredentials, request);
  provider.join();
  EXPECT_EQ(error.code, grpc::StatusCode::OK) << message;
  EXPECT_EQ(grant.user(), "reports");
  EXPECT_EQ(grant.renewal(), v1::Grant::CLIENT_CREDENTIALS);
  EXPECT_EQ(grant.organization(), "Service.1");
  EXPECT_EQ(upstream.calls().back().token, "Service.1");
}

TEST_F(GrantsServiceTest, AMissingOrganizationIsTheRequestsFault) {
  CreateCalendar();
  v1::RequestClientCredentialsRequest request;
  request.set_user("reports");
  request.set_client("calendar");
  std::thread provider(
      [&] { EXPECT_TRUE(upstream.Answer(Misconfigured{"ORGANIZATION"})); });
  Call(*grants, &v1::Grants::Stub::RequestClientCredentials, request);
  provider.join();
  EXPECT_EQ(error.code, grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(error.reason, "FIELD_INVALID");
  EXPECT_EQ(error.field, "organization");
}

class FragmentTest : public GrantsServiceTest {
 protected:
  FragmentTest() {
    v1::CreateClientRequest request;
    request.mutable_client()->set_name("calendar");
    request.mutable_client()->set_provider("zoho");
    request.mutable_client()->set_client_id("1000.CLIENT");
    request.mutable_client()->add_default_scopes("Calendar.READ");
    request.mutable_client()->set_response_type(v1::Client::TOKEN);
    Call(*clients, &v1::Clients::Stub::CreateClient, request);
    EXPECT_EQ(error.code, grpc::StatusCode::OK) << message;
  }

  v1::Grant CompleteBy(const std::string& user, const std::string& fragment) {
    v1::CompleteConsentRequest request;
    request.set_user(user);
    request.set_fragment(fragment);
    return Call(*grants, &v1::Grants::Stub::CompleteConsent, request);
  }
};

TEST_F(FragmentTest, AConsentSaysThatNothingWillRenewIt) {
  EXPECT_FALSE(Begin("ada").renewable());
}

TEST_F(FragmentTest, AWholeFragmentCompletesAConsent) {
  const std::string state = Begin("ada").state();
  const v1::Grant grant = CompleteBy(
      "ada", "#access_token=t0ken&expires_in=60&location=eu&state=" + state);
  EXPECT_EQ(error.code, grpc::StatusCode::OK) << message;
  EXPECT_EQ(grant.renewal(), v1::Grant::NONE);
  EXPECT_EQ(grant.data_center(), "eu");
  v1::GetTokenRequest request;
  request.set_user("ada");
  request.set_client("calendar");
  request.mutable_min_ttl()->set_seconds(1);
  EXPECT_EQ(Call(*broker, &v1::TokenBroker::Stub::GetToken, request)
                .token()
                .access_token(),
            "t0ken");
}

TEST_F(FragmentTest, AFragmentIsBoundToItsUserToo) {
  const std::string state = Begin("ada").state();
  CompleteBy("eve", "access_token=t0ken&state=" + state);
  EXPECT_EQ(error.reason, "STATE_UNUSABLE");
}

TEST_F(FragmentTest, AFragmentWithoutATokenIsNamedAndNotRepeated) {
  for (const char* fragment : {"error=access_denied&state=s3cret",
                               "state=s3cret", "access_token=s3cret", "%zz"}) {
    CompleteBy("ada", fragment);
    EXPECT_EQ(error.reason, "FIELD_INVALID") << fragment;
    EXPECT_EQ(error.field, "fragment");
    EXPECT_THAT(message, Not(HasSubstr("s3cret")));
  }
}

TEST_F(FragmentTest, AFragmentComesWithoutTheFieldsOfACode) {
  v1::CompleteConsentRequest request;
  request.set_user("ada");
  request.set_fragment("access_token=t&state=s");
  request.set_code("c");
  Call(*grants, &v1::Grants::Stub::CompleteConsent, request);
  EXPECT_EQ(error.field, "fragment");
}

}  // namespace
}  // namespace bursar
