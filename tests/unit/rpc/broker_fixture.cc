#include "tests/unit/rpc/broker_fixture.h"

#include <unistd.h>

#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "grpcpp/create_channel.h"

namespace bursar {

Providers TestProviders() {
  Provider zoho;
  zoho.name = ProviderName("zoho");
  zoho.default_data_center = DataCenter("us");
  zoho.data_centers[DataCenter("us")] = {"us", "https://accounts.us.test"};
  zoho.data_centers[DataCenter("eu")] = {"eu", "https://accounts.eu.test"};
  zoho.authorization_scheme = "Zoho-oauthtoken";
  zoho.device = DeviceRule{"/device"};
  zoho.client_credentials = ClientCredentialsRule{"soid"};
  zoho.implicit = true;
  zoho.limits = {{Counted::kRefreshTokens,
                  CountedPer::kUserAndClient,
                  20,
                  {},
                  PastLimit::kEvicts},
                 {Counted::kRefreshTokens,
                  CountedPer::kClient,
                  500,
                  {},
                  PastLimit::kEvicts}};
  Provider plain;
  plain.name = ProviderName("plain");
  plain.default_data_center = DataCenter("main");
  plain.data_centers[DataCenter("main")] = {"", "https://plain.test"};
  std::vector<Provider> providers;
  providers.push_back(std::move(zoho));
  providers.push_back(std::move(plain));
  return Providers(std::move(providers));
}

RedeemResult GrantedTokens(const std::string& access,
                           const std::string& refresh, absl::Time now) {
  Granted granted;
  granted.access_token.value = Secret::Copy(access);
  granted.access_token.token_type = "Bearer";
  granted.access_token.api_domain = "https://api.us.test";
  granted.access_token.obtained = now;
  granted.access_token.expiry = now + absl::Hours(1);
  if (!refresh.empty()) granted.refresh_token = Secret::Copy(refresh);
  return granted;
}

PolicyRule EverythingFor(const std::vector<std::string>& subjects) {
  PolicyRule rule;
  rule.name = "everything";
  for (const std::string& subject : subjects) {
    rule.subjects.push_back(PathPattern::Exactly(subject));
  }
  rule.rpcs = RpcsOf(RpcGroup::kCallers) | RpcsOf(RpcGroup::kOperators);
  for (NameClause* clause : {&rule.clients, &rule.users, &rule.scopes}) {
    clause->kind = NameClause::Kind::kAny;
  }
  return rule;
}

std::shared_ptr<const AccessPolicy> PolicyOf(std::vector<PolicyRule> rules,
                                             CallerLimit limit) {
  return std::make_shared<const AccessPolicy>(
      std::move(rules), limit, std::vector<SubjectLimit>(), "of the test");
}

BrokerFixture::BrokerFixture() {
  policy.Put(PolicyOf({EverythingFor(
      {"anonymous", absl::StrCat("unix:", geteuid()), "late"})}));
  auto started = RpcServer::Start(
      {{.address = "127.0.0.1:0", .anonymous = true}}, Needs());
  EXPECT_TRUE(started.ok()) << started.status();
  server = *std::move(started);
  channel = grpc::CreateChannel(server->addresses()[0],
                                grpc::InsecureChannelCredentials());
  broker = v1::TokenBroker::NewStub(channel);
  clients = v1::Clients::NewStub(channel);
  grants = v1::Grants::NewStub(channel);
  events = v1::Events::NewStub(channel);
  keys = v1::Keys::NewStub(channel);
  api_key_stub = v1::ApiKeys::NewStub(channel);
  revocations = v1::Revocations::NewStub(channel);
}

BrokerFixture::~BrokerFixture() {
  server.reset();
  ledger.Close();
}

RpcServer::Dependencies BrokerFixture::NeedsWith(Authenticator& who,
                                                 int64_t most_in_flight) {
  return {tokens,
          revocation,
          watch,
          consent,
          device_consents,
          journal,
          providers,
          who,
          policy,
          own_users,
          caller_limits,
          most_in_flight,
          api_keys,
          clock,
          executor,
          files_in_force,
          {still_keys, key_rotation, key_census, ledger.sealer()}};
}

v1::Client BrokerFixture::CreateCalendar() {
  v1::CreateClientRequest request;
  request.mutable_client()->set_name("calendar");
  request.mutable_client()->set_provider("zoho");
  request.mutable_client()->set_client_id("1000.CLIENT");
  request.mutable_client()->add_default_scopes("Calendar.READ");
  request.set_client_secret("the-first-client-secret");
  v1::Client client = Call(*clients, &v1::Clients::Stub::CreateClient, request);
  EXPECT_EQ(error.code, grpc::StatusCode::OK) << message;
  return client;
}

v1::Grant BrokerFixture::ConsentOf(const std::string& user,
                                   const std::string& access,
                                   const std::string& refresh) {
  v1::BeginConsentRequest begin;
  begin.set_user(user);
  begin.set_client("calendar");
  const auto begun = Call(*grants, &v1::Grants::Stub::BeginConsent, begin);
  EXPECT_EQ(error.code, grpc::StatusCode::OK) << message;

  v1::CompleteConsentRequest complete;
  complete.set_user(user);
  complete.set_state(begun.state());
  complete.set_code("the-code");
  std::thread provider([&] {
    EXPECT_TRUE(upstream.Answer(GrantedTokens(access, refresh, clock.Now())));
  });
  v1::Grant grant = Call(*grants, &v1::Grants::Stub::CompleteConsent, complete);
  provider.join();
  EXPECT_EQ(error.code, grpc::StatusCode::OK) << message;
  return grant;
}

}  // namespace bursar
