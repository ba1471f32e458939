#include "tests/journey/harness/journey.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/time/clock.h"
#include "tests/fakes/eventually.h"

namespace bursar::journey {

void Journey::StartStack(const SandboxOptions& sandbox_options,
                         BrokerOptions broker_options) {
  sandbox_ = std::make_unique<Sandbox>(sandbox_options);
  ASSERT_TRUE(sandbox_->Start()) << sandbox_->process().Errors();
  broker_options.accounts_server = sandbox_->url();
  broker_options.ca_file = sandbox_->ca_file();
  broker_options.data_centers = sandbox_->data_center_urls();
  MakeBroker(std::move(broker_options));
  ASSERT_TRUE(broker_->Start()) << broker_->Log();
  registered_ = sandbox_->Register(broker_->CallbackUri());
  CreateClient(kClient, "cliq", registered_);
}

void Journey::MakeBroker(BrokerOptions options) {
  browser_ = std::make_unique<Browser>(options.ca_file);
  broker_ = std::make_unique<Broker>(std::move(options));
}

RegisteredClient Journey::AddClient(const std::string& name,
                                    const std::string& type) {
  RegisteredClient added = sandbox_->Register("", type);
  CreateClient(name, "cliq", added);
  return added;
}

void Journey::CreateClient(const std::string& name, const std::string& provider,
                           const RegisteredClient& registered) {
  v1::CreateClientRequest request;
  request.mutable_client()->set_name(name);
  request.mutable_client()->set_provider(provider);
  request.mutable_client()->set_client_id(registered.id);
  request.set_client_secret(registered.secret);
  const auto created = api().CreateClient(request);
  ASSERT_TRUE(created.ok()) << created.outcome;
}

void Journey::MoveClocks(absl::Duration by) {
  sandbox_->MoveClock(by);
  broker_->MoveClock(by);
}

void Journey::StopStack() {
  broker_.reset();
  sandbox_.reset();
}

std::string Journey::BeginConsent(const std::string& user,
                                  const Scopes& scopes) {
  v1::BeginConsentRequest request;
  request.set_user(user);
  request.set_client(kClient);
  request.mutable_scopes()->Assign(scopes.begin(), scopes.end());
  const auto begun = api().BeginConsent(request);
  EXPECT_TRUE(begun.ok()) << begun.outcome;
  return begun.value.authorization_url();
}

Page Journey::OpenConsent(const std::string& url) {
  return PastOrganizations(browser().Open(url));
}

Page Journey::PastOrganizations(const Page& page) {
  if (!absl::StrContains(page.body, "Which organisation")) return page;
  return browser().Press(page, "Submit", {{"organization", "60001"}});
}

std::string Journey::RedirectOf(const std::string& url, const std::string& user,
                                const std::string& button) {
  browser().StopBefore(broker().CallbackUri());
  const Page redirect =
      browser().Press(OpenConsent(url), button, {{"user", user}});
  browser().StopBefore("");
  return redirect.url;
}

v1::Grant Journey::Consent(const std::string& user, const Scopes& scopes) {
  const Page consent = OpenConsent(BeginConsent(user, scopes));
  EXPECT_EQ(consent.status, 200);
  const Page end = browser().Press(consent, "Accept", {{"user", user}});
  EXPECT_EQ(end.status, 200);
  EXPECT_TRUE(absl::StrContains(end.body, "You are connected"));
  const std::vector<v1::Grant> grants = GrantsOf(user);
  EXPECT_FALSE(grants.empty());
  return grants.empty() ? v1::Grant() : grants.front();
}

v1::Grant Journey::ConsentExpired(const std::string& user,
                                  const Scopes& scopes) {
  sandbox().Add({.call = "token.code",
                 .kind = "edit",
                 .set_field = R"({"expires_in": 1})"});
  v1::Grant grant = Consent(user, scopes);
  const absl::Time expiry = ToTime(grant.access_token_expire_time());
  EXPECT_TRUE(Eventually([&] { return absl::Now() > expiry; }));
  return grant;
}

Api::TokenReply Journey::GetToken(const std::string& user,
                                  const Scopes& scopes) {
  return api().GetToken(TokenRequest(user, scopes));
}

Api::TokenReply Journey::Refresh(const v1::AccessToken& failed,
                                 const std::string& user) {
  return api().Refresh(RefreshOf(failed, user));
}

v1::Grant Journey::Grant(const std::string& id) {
  v1::GetGrantRequest request;
  request.set_id(id);
  const auto reply = api().GetGrant(request);
  EXPECT_TRUE(reply.ok()) << reply.outcome;
  return reply.value;
}

std::vector<v1::Grant> Journey::GrantsOf(const std::string& user) {
  v1::ListGrantsRequest request;
  request.set_user(user);
  const auto reply = api().ListGrants(request);
  EXPECT_TRUE(reply.ok()) << reply.outcome;
  return {reply.value.grants().begin(), reply.value.grants().end()};
}

std::vector<v1::RefreshToken> Journey::RefreshTokensOf(
    const std::string& grant) {
  v1::ListRefreshTokensRequest request;
  request.set_grant(grant);
  request.set_page_size(1000);
  const auto reply = api().ListRefreshTokens(request);
  EXPECT_TRUE(reply.ok()) << reply.outcome;
  return {reply.value.refresh_tokens().begin(),
          reply.value.refresh_tokens().end()};
}

std::vector<v1::Event> Journey::Events(const std::string& grant) {
  v1::ListEventsRequest request;
  request.set_grant(grant);
  request.set_page_size(1000);
  const auto reply = api().ListEvents(request);
  EXPECT_TRUE(reply.ok()) << reply.outcome;
  return {reply.value.events().begin(), reply.value.events().end()};
}

int64_t Journey::CountEvents(const std::string& kind,
                             const std::string& grant) {
  int64_t count = 0;
  for (const v1::Event& event : Events(grant)) {
    if (event.kind() == kind) ++count;
  }
  return count;
}

v1::GetTokenRequest TokenRequest(const std::string& user,
                                 const std::vector<std::string>& scopes) {
  v1::GetTokenRequest request;
  request.set_user(user);
  request.set_client(kClient);
  request.mutable_scopes()->Assign(scopes.begin(), scopes.end());
  return request;
}

v1::RefreshRequest RefreshOf(const v1::AccessToken& failed,
                             const std::string& user) {
  v1::RefreshRequest request;
  request.set_user(user);
  request.set_client(kClient);
  request.set_grant(failed.grant());
  request.set_failed_generation(failed.generation());
  return request;
}

absl::Time ToTime(const google::protobuf::Timestamp& time) {
  return absl::FromUnixSeconds(time.seconds()) +
         absl::Nanoseconds(time.nanos());
}

}  // namespace bursar::journey
