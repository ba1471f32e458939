// The other built-in providers: that each descriptor says what is known of the
// provider's tokens, rotation, caps and clients.

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "server/core/limit.h"
#include "server/upstream/form.h"
#include "server/upstream/revoke_request.h"
#include "tests/unit/upstream/built_in.h"

namespace bursar {
namespace {

std::string UrlOf(const Provider& provider, const Endpoint& endpoint) {
  const DataCenterEndpoints& home =
      provider.data_centers.at(provider.default_data_center);
  return std::string(
      EndpointUrl(home.accounts_server, endpoint, Form()).Expose());
}

// The most refresh tokens that a user and client have before the oldest ends.
std::optional<int64_t> EvictionCap(const Provider& provider) {
  const auto cap = CapOf(provider.limits, CountedPer::kUserAndClient);
  if (!cap || cap->then != PastLimit::kEvicts) return std::nullopt;
  return cap->at_most;
}

// How `provider` is asked to revoke the token "t".
HttpRequest RevocationBy(const Provider& provider) {
  return RevokeRequest(provider,
                       provider.data_centers.at(provider.default_data_center),
                       *provider.revocation, SampleClient(), Secret::Copy("t"));
}

TEST(OtherProviders, Google) {
  const Provider google = BuiltIn("google");
  EXPECT_EQ(UrlOf(google, google.authorization_endpoint),
            "https://accounts.google.com/o/oauth2/v2/auth");
  EXPECT_EQ(UrlOf(google, google.token_endpoint),
            "https://oauth2.googleapis.com/token");
  EXPECT_EQ(UrlOf(google, google.revocation->endpoint),
            "https://oauth2.googleapis.com/revoke");
  EXPECT_EQ(google.issuer, "https://accounts.google.com");
  EXPECT_EQ(google.default_lifetime, absl::Hours(1));
  EXPECT_FALSE(google.may_rotate);
  EXPECT_EQ(EvictionCap(google), 100);
  EXPECT_EQ(google.client_authentication, ClientAuthentication::kBody);
  EXPECT_EQ(google.scopes.separator, " ");
  EXPECT_EQ(google.authorize_parameters.at("access_type"), "offline");
  EXPECT_FALSE(google.revoke_superseded);
}

TEST(OtherProviders, Microsoft) {
  const Provider microsoft = BuiltIn("microsoft");
  EXPECT_EQ(UrlOf(microsoft, microsoft.token_endpoint),
            "https://login.microsoftonline.com/common/oauth2/v2.0/token");
  EXPECT_EQ(microsoft.default_lifetime, absl::Hours(1));
  EXPECT_TRUE(microsoft.may_rotate);
  EXPECT_EQ(microsoft.rotation_grace, absl::Hours(90 * 24));
  EXPECT_TRUE(microsoft.narrows);
  EXPECT_EQ(EvictionCap(microsoft), std::nullopt);
  EXPECT_EQ(microsoft.client_authentication, ClientAuthentication::kBody);
  EXPECT_EQ(microsoft.scopes.separator, " ");
}

TEST(OtherProviders, GitHubApp) {
  const Provider github = BuiltIn("github-app");
  EXPECT_EQ(UrlOf(github, github.token_endpoint),
            "https://github.com/login/oauth/access_token");
  EXPECT_EQ(github.default_lifetime, absl::Hours(8));
  EXPECT_TRUE(github.may_rotate);
  EXPECT_EQ(github.rotation_grace, absl::ZeroDuration());
  EXPECT_EQ(github.client_authentication, ClientAuthentication::kBody);
  EXPECT_FALSE(github.revoke_superseded);
}

TEST(OtherProviders, GitHubEndsAGrantByOneOfItsAccessTokens) {
  const Provider github = BuiltIn("github-app");
  EXPECT_TRUE(github.revocation->by_access_token);
  const HttpRequest request = RevocationBy(github);
  EXPECT_EQ(request.method, HttpMethod::kDelete);
  EXPECT_EQ(request.url.Expose(),
            "https://api.github.com/applications/id%3A1/grant");
  EXPECT_EQ(request.body.Expose(), R"({"access_token":"t"})");
  EXPECT_EQ(HeaderOf(request, "Authorization").substr(0, 6), "Basic ");
}

TEST(OtherProviders, HubSpotDeletesTheRefreshTokenThatThePathNames) {
  const HttpRequest request = RevocationBy(BuiltIn("hubspot"));
  EXPECT_EQ(request.method, HttpMethod::kDelete);
  EXPECT_EQ(request.url.Expose(),
            "https://api.hubapi.com/oauth/v1/refresh-tokens/t");
  EXPECT_EQ(HeaderOf(request, "Authorization"), "");
}

TEST(OtherProviders, SlackRevokesAnAccessTokenThatIsTheCredential) {
  const Provider slack = BuiltIn("slack");
  EXPECT_TRUE(slack.revocation->by_access_token);
  EXPECT_FALSE(slack.revoke_superseded);
  const HttpRequest request = RevocationBy(slack);
  EXPECT_EQ(request.method, HttpMethod::kPost);
  EXPECT_EQ(request.url.Expose(), "https://slack.com/api/auth.revoke");
  EXPECT_EQ(HeaderOf(request, "Authorization"), "Bearer t");
}

TEST(OtherProviders, QuickBooksIsSentTheTokenAsJson) {
  const HttpRequest request = RevocationBy(BuiltIn("quickbooks"));
  EXPECT_EQ(request.url.Expose(),
            "https://developer.api.intuit.com/v2/oauth2/tokens/revoke");
  EXPECT_EQ(request.body.Expose(), R"({"token":"t"})");
  EXPECT_EQ(HeaderOf(request, "Authorization").substr(0, 6), "Basic ");
}

TEST(OtherProviders, AtlassianAndMicrosoftHaveNoRevocation) {
  EXPECT_FALSE(BuiltIn("atlassian").revocation.has_value());
  EXPECT_FALSE(BuiltIn("microsoft").revocation.has_value());
}

TEST(OtherProviders, Salesforce) {
  const Provider salesforce = BuiltIn("salesforce");
  EXPECT_EQ(UrlOf(salesforce, salesforce.token_endpoint),
            "https://login.salesforce.com/services/oauth2/token");
  EXPECT_EQ(salesforce.data_centers.at(DataCenter("sandbox")).accounts_server,
            "https://test.salesforce.com");
  EXPECT_TRUE(salesforce.may_rotate);
  EXPECT_EQ(EvictionCap(salesforce), 5);
  EXPECT_EQ(salesforce.client_authentication, ClientAuthentication::kBody);
  EXPECT_EQ(salesforce.api_domain_field, "instance_url");
}

TEST(OtherProviders, Slack) {
  const Provider slack = BuiltIn("slack");
  EXPECT_EQ(UrlOf(slack, slack.authorization_endpoint),
            "https://slack.com/oauth/v2/authorize");
  EXPECT_EQ(UrlOf(slack, slack.token_endpoint),
            "https://slack.com/api/oauth.v2.access");
  EXPECT_EQ(slack.default_lifetime, absl::Hours(12));
  EXPECT_TRUE(slack.may_rotate);
  EXPECT_EQ(slack.scopes.separator, ",");
}

TEST(OtherProviders, Atlassian) {
  const Provider atlassian = BuiltIn("atlassian");
  EXPECT_EQ(UrlOf(atlassian, atlassian.token_endpoint),
            "https://auth.atlassian.com/oauth/token");
  EXPECT_EQ(atlassian.default_lifetime, absl::Hours(1));
  EXPECT_TRUE(atlassian.may_rotate);
  EXPECT_EQ(atlassian.rotation_grace, absl::Minutes(10));
  EXPECT_EQ(atlassian.client_authentication, ClientAuthentication::kBody);
  EXPECT_EQ(atlassian.authorize_parameters.at("audience"), "api.atlassian.com");
}

TEST(OtherProviders, QuickBooks) {
  const Provider quickbooks = BuiltIn("quickbooks");
  EXPECT_EQ(UrlOf(quickbooks, quickbooks.authorization_endpoint),
            "https://appcenter.intuit.com/connect/oauth2");
  EXPECT_EQ(UrlOf(quickbooks, quickbooks.token_endpoint),
            "https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer");
  EXPECT_EQ(quickbooks.default_lifetime, absl::Hours(1));
  EXPECT_TRUE(quickbooks.may_rotate);
  EXPECT_EQ(quickbooks.client_authentication, ClientAuthentication::kBasic);
}

TEST(OtherProviders, Xero) {
  const Provider xero = BuiltIn("xero");
  EXPECT_EQ(UrlOf(xero, xero.authorization_endpoint),
            "https://login.xero.com/identity/connect/authorize");
  EXPECT_EQ(UrlOf(xero, xero.token_endpoint),
            "https://identity.xero.com/connect/token");
  EXPECT_EQ(xero.default_lifetime, absl::Minutes(30));
  EXPECT_TRUE(xero.may_rotate);
  EXPECT_EQ(xero.rotation_grace, absl::Minutes(30));
  EXPECT_EQ(xero.client_authentication, ClientAuthentication::kBasic);
}

TEST(OtherProviders, Box) {
  const Provider box = BuiltIn("box");
  EXPECT_EQ(UrlOf(box, box.authorization_endpoint),
            "https://account.box.com/api/oauth2/authorize");
  EXPECT_EQ(UrlOf(box, box.token_endpoint), "https://api.box.com/oauth2/token");
  EXPECT_EQ(box.default_lifetime, absl::Hours(1));
  EXPECT_TRUE(box.may_rotate);
  EXPECT_EQ(box.rotation_grace, absl::ZeroDuration());
  EXPECT_EQ(box.client_authentication, ClientAuthentication::kBody);
}

TEST(OtherProviders, Okta) {
  const Provider okta =
      BuiltIn("okta",
              ", issuer: \"https://x.okta.com/oauth2/default\", data_centers: "
              "{main: {accounts_server: "
              "\"https://x.okta.com/oauth2/default\"}}");
  EXPECT_EQ(UrlOf(okta, okta.token_endpoint),
            "https://x.okta.com/oauth2/default/v1/token");
  EXPECT_EQ(okta.issuer, "https://x.okta.com/oauth2/default");
  EXPECT_TRUE(okta.may_rotate);
  EXPECT_EQ(okta.rotation_grace, absl::Seconds(30));
}

TEST(OtherProviders, Auth0) {
  const Provider auth0 = BuiltIn("auth0",
                                 ", data_centers: {main: {accounts_server: "
                                 "\"https://x.auth0.com\"}}");
  EXPECT_EQ(UrlOf(auth0, auth0.token_endpoint),
            "https://x.auth0.com/oauth/token");
  EXPECT_TRUE(auth0.may_rotate);
  EXPECT_EQ(EvictionCap(auth0), 200);
}

TEST(OtherProviders, Oidc) {
  const Provider oidc = BuiltIn("oidc", ", issuer: \"https://id.example\"");
  EXPECT_FALSE(oidc.discovered);
  EXPECT_EQ(oidc.issuer, "https://id.example");
  EXPECT_TRUE(oidc.pkce);
  EXPECT_TRUE(oidc.may_rotate);
  EXPECT_FALSE(oidc.revoke_superseded);
  EXPECT_EQ(oidc.scopes.separator, " ");
}

TEST(OtherProviders, HubSpot) {
  const Provider hubspot = BuiltIn("hubspot");
  EXPECT_EQ(UrlOf(hubspot, hubspot.authorization_endpoint),
            "https://app.hubspot.com/oauth/authorize");
  EXPECT_EQ(UrlOf(hubspot, hubspot.token_endpoint),
            "https://api.hubapi.com/oauth/v1/token");
  EXPECT_EQ(hubspot.default_lifetime, absl::Minutes(30));
  EXPECT_FALSE(hubspot.may_rotate);
  EXPECT_EQ(hubspot.client_authentication, ClientAuthentication::kBody);
}

}  // namespace
}  // namespace bursar
