// The types of clients that a product's console registers, beside the
// server-based one of all other tests.

#include "gmock/gmock.h"
#include "tests/fakes/eventually.h"
#include "tests/journey/products/product.h"

namespace bursar::journey {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kOther[] = "other";

class ClientTypesTest : public ProductTest {
 protected:
  void SetUp() override { StartUnlimited(); }

  Page Console() {
    return browser().Open(sandbox().url() + "/developerconsole");
  }

  Api::TokenReply GetTokenAs(const std::string& client) {
    v1::GetTokenRequest request;
    request.set_user(kAnn);
    request.set_client(client);
    return api().GetToken(request);
  }

  int CallApiAs(const std::string& client) {
    const auto token = GetTokenAs(client);
    EXPECT_TRUE(token.ok()) << token.outcome;
    return CallApi(token.value);
  }

  // A client of the implicit flow, known to both.
  void AddBrowserClient() {
    v1::CreateClientRequest request;
    request.mutable_client()->set_name(kOther);
    request.mutable_client()->set_provider("cliq");
    request.mutable_client()->set_client_id(
        sandbox().Register(broker().CallbackUri(), "client-based").id);
    request.mutable_client()->set_response_type(v1::Client::TOKEN);
    const auto created = api().CreateClient(request);
    ASSERT_TRUE(created.ok()) << created.outcome;
  }

  Reply<v1::BeginConsentResponse> BeginConsentAs(const std::string& client) {
    v1::BeginConsentRequest request;
    request.set_user(kAnn);
    request.set_client(client);
    request.add_scopes(product().Read());
    return api().BeginConsent(request);
  }

  Reply<v1::Grant> RequestCredentials(const std::string& organization) {
    v1::RequestClientCredentialsRequest request;
    request.set_user(kAnn);
    request.set_client(kOther);
    request.add_scopes(product().Read());
    request.set_organization(organization);
    return api().RequestClientCredentials(request);
  }

  // The code of a self client, made in the console.
  std::string MakeCode() {
    Page console = Console();
    // A browser presses the button of the form that it is in.
    const std::size_t action = console.body.find("/developerconsole/code");
    EXPECT_NE(action, std::string::npos);
    console.body = console.body.substr(console.body.rfind("<form", action));
    const std::string page =
        browser()
            .Press(console, "Generate code",
                   {{"scope", product().Read()}, {"user", kAnn}})
            .body;
    const std::string before = "<dt>Code</dt><dd><code>";
    const std::size_t code = page.find(before) + before.size();
    return page.substr(code, page.find('<', code) - code);
  }
};

INSTANTIATE_TEST_SUITE_P(Products, ClientTypesTest,
                         testing::ValuesIn(Products()), NameOfProduct);

// Line: core: a client has a name, a homepage URL, redirect URIs and one of
// five
//   types; Connect: a client domain
TEST_P(ClientTypesTest, TheConsoleAsksForWhatTheProductWants) {
  const std::string page = Console().body;
  for (const char* type : {"client-based", "server-based", "mobile-based",
                           "non-browser", "self-client"}) {
    EXPECT_THAT(page, HasSubstr(type));
  }
  EXPECT_THAT(page, HasSubstr("Authorized redirect URIs"));
  if (product().client_domain) {
    EXPECT_THAT(page, HasSubstr("Client domain"));
    EXPECT_THAT(page, Not(HasSubstr("Homepage URL")));
  } else {
    EXPECT_THAT(page, HasSubstr("Homepage URL"));
  }
}

// Line: core: mobile-based: PKCE in the place of a secret
TEST_P(ClientTypesTest, AMobileClientNeedsNoSecret) {
  const RegisteredClient mobile =
      sandbox().Register(broker().CallbackUri(), "mobile-based");
  v1::CreateClientRequest request;
  request.mutable_client()->set_name(kOther);
  request.mutable_client()->set_provider("cliq");
  request.mutable_client()->set_client_id(mobile.id);
  ASSERT_TRUE(api().CreateClient(request).ok());
  const auto begun = BeginConsentAs(kOther);
  const Page end = browser().Press(OpenConsent(begun.value.authorization_url()),
                                   "Accept", {{"user", kAnn}});
  EXPECT_EQ(end.status, 200);
  EXPECT_EQ(CallApiAs(kOther), 200);
}

// Line: core: non-browser: `POST /oauth/v3/device/code`, then
//   `…/device/token` at the interval, until the user has answered
TEST_P(ClientTypesTest, ADeviceGetsTokensOnceItsUserConsents) {
  sandbox().Set("device_interval_seconds", "1");
  AddClient(kOther, "non-browser");
  v1::BeginDeviceConsentRequest request;
  request.set_user(kAnn);
  request.set_client(kOther);
  request.add_scopes(product().Read());
  const auto begun = api().BeginDeviceConsent(request);
  ASSERT_TRUE(begun.ok()) << begun.outcome;
  const Page entry = browser().Open(begun.value.verification_uri());
  const Page consent = PastOrganizations(browser().Press(
      entry, "Continue", {{"user_code", begun.value.user_code()}}));
  browser().Press(consent, "Accept", {{"user", kAnn}});
  v1::GetDeviceConsentRequest get;
  get.set_id(begun.value.id());
  ASSERT_TRUE(Eventually([&] {
    return api().GetDeviceConsent(get).value.state() ==
           v1::DeviceConsent::GRANTED;
  }));
  EXPECT_EQ(CallApiAs(kOther), 200);
}

// Line: core: self client: a code from the console is exchanged as usual
TEST_P(ClientTypesTest, ASelfClientsCodeIsExchanged) {
  AddClient(kOther, "self-client");
  v1::ExchangeCodeRequest request;
  request.set_user(kAnn);
  request.set_client(kOther);
  request.set_code(MakeCode());
  request.add_scopes(product().Read());
  const auto grant = api().ExchangeCode(request);
  ASSERT_TRUE(grant.ok()) << grant.outcome;
  EXPECT_EQ(CallApiAs(kOther), 200);
}

// Line: core: client-based: the implicit flow (`response_type=token`) brings
//   `#access_token`, `expires_in`, `location` and `api_domain`, and nothing
//   beyond the token's hour
TEST_P(ClientTypesTest, ABrowsersTokenIsBrokeredForItsHour) {
  AddBrowserClient();
  const auto begun = BeginConsentAs(kOther);
  ASSERT_TRUE(begun.ok()) << begun.outcome;
  EXPECT_FALSE(begun.value.renewable());
  const std::string url = RedirectOf(begun.value.authorization_url(), kAnn);
  v1::CompleteConsentRequest request;
  request.set_user(kAnn);
  request.set_fragment(url.substr(url.find('#')));
  const auto grant = api().CompleteConsent(request);
  ASSERT_TRUE(grant.ok()) << grant.outcome;
  EXPECT_EQ(grant.value.renewal(), v1::Grant::NONE);
  EXPECT_EQ(grant.value.data_center(), "us");
  const auto token = GetTokenAs(kOther);
  ASSERT_TRUE(token.ok()) << token.outcome;
  EXPECT_EQ(token.value.api_domain(), sandbox().url());
  EXPECT_EQ(CallApi(token.value), 200);
  EXPECT_TRUE(sandbox().RefreshTokens(kAnn).empty());
  MoveClocks(absl::Minutes(59));
  EXPECT_EQ(CallApiAs(kOther), 200);
  MoveClocks(absl::Minutes(2));
  EXPECT_EQ(GetTokenAs(kOther).outcome.metadata.at("why"), "EXPIRED");
  EXPECT_EQ(Grant(grant.value.id()).dead_reason(), v1::Grant::EXPIRED);
}

// Line: core: client-based alone: `response_type=token` of another type is an
//   error page, and so is `code` of this one
TEST_P(ClientTypesTest, OnlyABrowsersClientGetsATokenInTheRedirect) {
  AddBrowserClient();
  EXPECT_EQ(browser().Open(With(Begin(), "response_type", "token")).status,
            400);
  const auto begun = BeginConsentAs(kOther);
  EXPECT_EQ(
      browser()
          .Open(With(begun.value.authorization_url(), "response_type", "code"))
          .status,
      400);
}

// Line: core: self client: `grant_type=client_credentials` with `scope`, and
// for
//   some services `soid` (`missing_org_info` where it lacks): no refresh token
TEST_P(ClientTypesTest, ASelfClientGetsTokensOfItsOwn) {
  AddClient(kOther, "self-client");
  const std::string service =
      product().resource.substr(0, product().resource.find('.'));
  sandbox().Set("organization_services", service);
  const auto refused = RequestCredentials("");
  EXPECT_EQ(refused.outcome.reason, "FIELD_INVALID");
  EXPECT_THAT(refused.outcome.fields, ElementsAre("organization"));
  EXPECT_TRUE(GrantsOf(kAnn).empty());
  const auto grant = RequestCredentials(service + ".1234");
  ASSERT_TRUE(grant.ok()) << grant.outcome;
  EXPECT_EQ(grant.value.renewal(), v1::Grant::CLIENT_CREDENTIALS);
  EXPECT_EQ(CallApiAs(kOther), 200);
  MoveClocks(absl::Hours(2));
  EXPECT_EQ(CallApiAs(kOther), 200);
  EXPECT_EQ(sandbox().Calls("token.client_credentials"), 3);
  EXPECT_EQ(sandbox().Calls("token.refresh"), 0);
  EXPECT_TRUE(RefreshTokensOf(grant.value.id()).empty());
}

// Line: core: self client: where no `soid` is wanted, client credentials need
//   none
TEST_P(ClientTypesTest, ASelfClientMayAskInNobodysName) {
  AddClient(kOther, "self-client");
  sandbox().Set("organization_services", "");
  const auto grant = RequestCredentials("");
  ASSERT_TRUE(grant.ok()) << grant.outcome;
  EXPECT_EQ(CallApiAs(kOther), 200);
}

}  // namespace
}  // namespace bursar::journey
