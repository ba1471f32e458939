// The types of clients that a product's console registers, beside the
// server-based one of all other tests.

#include "gmock/gmock.h"
#include "tests/journey/harness/eventually.h"
#include "tests/journey/products/product.h"

namespace bursar::journey {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kOther[] = "other";

class ClientTypesTest : public ProductTest {
 protected:
  void SetUp() override { StartUnlimited(); }

  Page Console() {
    return browser().Open(sandbox().url() + "/developerconsole");
  }

  int CallApiAs(const std::string& client) {
    v1::GetTokenRequest request;
    request.set_user(kAnn);
    request.set_client(client);
    const auto token = api().GetToken(request);
    EXPECT_TRUE(token.ok()) << token.outcome;
    return CallApi(token.value);
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
  v1::BeginConsentRequest begin;
  begin.set_user(kAnn);
  begin.set_client(kOther);
  begin.add_scopes(product().Read());
  const auto begun = api().BeginConsent(begin);
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

}  // namespace
}  // namespace bursar::journey
