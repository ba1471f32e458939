#include "tests/interop/oidc_journey.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "tests/fakes/eventually.h"
#include "tests/interop/installed.h"

namespace bursar::journey {

void OidcJourney::SetUp() { ASSERT_TRUE(IsInstalled()) << kInstallIt; }

void OidcJourney::Start(const std::string& suffix) {
  MakeBroker({});
  ASSERT_TRUE(provider_.Start(broker().CallbackUri())) << provider_.Errors();
  BrokerOptions options;
  options.providers =
      absl::StrCat("  - {name: idp, descriptor: oidc, issuer: \"",
                   provider_.issuer(), suffix, "\"}\n");
  broker().Configure(std::move(options));
  ASSERT_TRUE(broker().Start()) << broker().Log();
  CreateClient(kClient, "idp", provider_.client());
}

void OidcJourney::StartDiscovered() {
  Start();
  ASSERT_TRUE(Discovered()) << broker().Log();
}

void OidcJourney::StartConsented() {
  StartDiscovered();
  ConsentThroughItsPages();
  ASSERT_FALSE(GrantsOf(kAnn).empty()) << broker().Log();
}

bool OidcJourney::Discovered() {
  return Eventually([&] { return Begin().ok(); });
}

Reply<v1::BeginConsentResponse> OidcJourney::Begin() {
  v1::BeginConsentRequest request;
  request.set_user(kAnn);
  request.set_client(kClient);
  request.add_scopes("openid");
  request.add_scopes("offline_access");
  return api().BeginConsent(request);
}

Page OidcJourney::OpenConsent() {
  const Page first = browser().Open(Begin().value.authorization_url());
  EXPECT_EQ(first.status, 200) << first.body;
  if (!absl::StrContains(first.body, "Sign-in</button>")) return first;
  return browser().Press(first, "Sign-in",
                         {{"login", kAnn}, {"password", "any"}});
}

Page OidcJourney::ConsentThroughItsPages() {
  return browser().Press(OpenConsent(), "Continue");
}

std::string OidcJourney::RedirectOfConsent() {
  browser().StopBefore(broker().CallbackUri());
  const Page redirect = ConsentThroughItsPages();
  browser().StopBefore("");
  return redirect.url;
}

void OidcJourney::Rotate(int times) {
  v1::AccessToken token = GetToken(kAnn).value;
  for (int i = 0; i < times; ++i) {
    const auto next = Refresh(token, kAnn);
    ASSERT_TRUE(next.ok()) << i << ": " << next.outcome;
    token = next.value;
  }
}

}  // namespace bursar::journey
