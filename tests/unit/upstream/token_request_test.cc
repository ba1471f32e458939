#include "server/upstream/token_request.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/unit/upstream/samples.h"

namespace bursar {
namespace {

HttpRequest Code(const Provider& provider, const ClientIdentity& client,
                 const Secret& verifier = Secret()) {
  return CodeRequest(provider, provider.data_centers.at(DataCenter("main")),
                     client,
                     {Secret::Copy("c/1"), verifier, Scopes({"b", "a"}),
                      Secret::Copy("st/ate")});
}

HttpRequest Refresh(const Provider& provider, const ClientIdentity& client) {
  return RefreshRequest(provider, provider.data_centers.at(DataCenter("main")),
                        client, Secret::Copy("r/1"), Scopes({"b", "a"}));
}

TEST(CodeRequest, IsAFormInTheBody) {
  const HttpRequest request = Code(PlainProvider(), SampleClient());
  EXPECT_EQ(request.method, HttpMethod::kPost);
  EXPECT_EQ(request.url.Expose(), "https://as.example/token");
  EXPECT_EQ(HeaderOf(request, "Content-Type"),
            "application/x-www-form-urlencoded");
  EXPECT_EQ(request.body.Expose(),
            "grant_type=authorization_code&code=c%2F1"
            "&redirect_uri=https%3A%2F%2Fbroker.example%2Fcallback"
            "&client_id=id%3A1&client_secret=s%26cret");
}

TEST(CodeRequest, NamesNoRedirectUriWhereThereWasNone) {
  ClientIdentity client = SampleClient();
  client.redirect_uri.clear();
  EXPECT_EQ(Code(PlainProvider(), client).body.Expose().find("redirect_uri"),
            absl::string_view::npos);
}

TEST(CodeRequest, CarriesTheVerifier) {
  const HttpRequest request =
      Code(PlainProvider(), SampleClient(), Secret::Copy("ver~ifier"));
  EXPECT_NE(request.body.Expose().find("&code_verifier=ver~ifier&"),
            absl::string_view::npos);
}

TEST(CodeRequest, CarriesScopeAndStateWhereTheProviderWantsThem) {
  Provider provider = PlainProvider();
  provider.scope_on_exchange = true;
  provider.state_on_exchange = true;
  EXPECT_NE(Code(provider, SampleClient())
                .body.Expose()
                .find("&scope=a%20b&state=st%2Fate&"),
            absl::string_view::npos);
}

TEST(TokenRequest, AnEndpointMayBeAnotherHosts) {
  Provider provider = PlainProvider();
  provider.token_endpoint = "https://token.example/v2";
  provider.token_parameters = ParameterPlace::kQuery;
  EXPECT_EQ(Refresh(provider, SampleClient()).url.Expose(),
            "https://token.example/v2?grant_type=refresh_token"
            "&refresh_token=r%2F1");
}

TEST(TokenRequest, AsksForJson) {
  EXPECT_EQ(HeaderOf(Code(PlainProvider(), SampleClient()), "Accept"),
            "application/json");
}

TEST(TokenRequest, ParametersGoToTheQueryWhereTheProviderWantsThem) {
  Provider provider = PlainProvider();
  provider.token_parameters = ParameterPlace::kQuery;
  provider.client_authentication = ClientAuthentication::kQuery;
  const HttpRequest request = Refresh(provider, SampleClient());
  EXPECT_EQ(request.url.Expose(),
            "https://as.example/token?grant_type=refresh_token"
            "&refresh_token=r%2F1&client_id=id%3A1&client_secret=s%26cret");
  EXPECT_TRUE(request.body.empty());
}

TEST(TokenRequest, SecretsStayOutOfTheUrlUnlessTheProviderWantsThemThere) {
  Provider provider = PlainProvider();
  provider.token_parameters = ParameterPlace::kQuery;
  const HttpRequest request = Refresh(provider, SampleClient());
  EXPECT_EQ(request.url.Expose(),
            "https://as.example/token?grant_type=refresh_token"
            "&refresh_token=r%2F1");
  EXPECT_EQ(request.body.Expose(), "client_id=id%3A1&client_secret=s%26cret");
}

TEST(TokenRequest, BasicCredentialsAreFormEncodedFirst) {
  Provider provider = PlainProvider();
  provider.client_authentication = ClientAuthentication::kBasic;
  const HttpRequest request = Refresh(provider, SampleClient());
  // id%3A1:s%26cret
  EXPECT_EQ(HeaderOf(request, "Authorization"), "Basic aWQlM0ExOnMlMjZjcmV0");
  EXPECT_EQ(request.body.Expose(),
            "grant_type=refresh_token&refresh_token=r%2F1");
}

TEST(TokenRequest, AClientWithoutASecretOnlySaysWhoItIs) {
  ClientIdentity client = SampleClient();
  client.client_secret.reset();
  for (const auto authentication :
       {ClientAuthentication::kBody, ClientAuthentication::kBasic}) {
    Provider provider = PlainProvider();
    provider.client_authentication = authentication;
    const HttpRequest request = Refresh(provider, client);
    EXPECT_EQ(request.body.Expose(),
              "grant_type=refresh_token&refresh_token=r%2F1&client_id=id%3A1");
    EXPECT_EQ(HeaderOf(request, "Authorization"), "");
  }
}

TEST(RefreshRequest, CarriesRedirectUriAndScopeWhereTheProviderWantsThem) {
  Provider provider = PlainProvider();
  provider.redirect_uri_on_refresh = true;
  provider.scope_on_refresh = true;
  provider.scopes.separator = ",";
  EXPECT_EQ(Refresh(provider, SampleClient()).body.Expose(),
            "grant_type=refresh_token&refresh_token=r%2F1"
            "&redirect_uri=https%3A%2F%2Fbroker.example%2Fcallback"
            "&scope=a%2Cb&client_id=id%3A1&client_secret=s%26cret");
}

TEST(RefreshRequest, CarriesTheScopesWhereTheProviderNarrows) {
  Provider provider = PlainProvider();
  provider.narrows = true;
  EXPECT_NE(
      Refresh(provider, SampleClient()).body.Expose().find("&scope=a%20b"),
      absl::string_view::npos);
}

HttpRequest Credentials(const Provider& provider,
                        const std::string& organization) {
  return ClientCredentialsRequest(provider,
                                  provider.data_centers.at(DataCenter("main")),
                                  ClientCredentialsRule{"soid"}, SampleClient(),
                                  Scopes({"b", "a"}), organization);
}

TEST(ClientCredentialsRequest, NamesTheScopesAndWhoAsks) {
  const HttpRequest request = Credentials(PlainProvider(), "");
  EXPECT_EQ(request.url.Expose(), "https://as.example/token");
  EXPECT_EQ(request.body.Expose(),
            "grant_type=client_credentials&scope=a%20b"
            "&client_id=id%3A1&client_secret=s%26cret");
}

TEST(ClientCredentialsRequest, NamesTheOrganizationAsTheProviderCallsIt) {
  EXPECT_EQ(Credentials(PlainProvider(), "Service.1").body.Expose(),
            "grant_type=client_credentials&scope=a%20b&soid=Service.1"
            "&client_id=id%3A1&client_secret=s%26cret");
}

TEST(ClientCredentialsRequest, GoesWhereTheParametersGo) {
  Provider provider = PlainProvider();
  provider.token_parameters = ParameterPlace::kQuery;
  provider.client_authentication = ClientAuthentication::kBasic;
  const HttpRequest request = Credentials(provider, "");
  EXPECT_EQ(request.url.Expose(),
            "https://as.example/token?grant_type=client_credentials"
            "&scope=a%20b");
  EXPECT_NE(HeaderOf(request, "Authorization"), "");
}

TEST(DeviceRequest, IsRfc8628s) {
  const Provider provider = PlainProvider();
  const DeviceRule rule{"/device_authorization"};
  const DataCenterEndpoints& main =
      provider.data_centers.at(DataCenter("main"));
  const HttpRequest begin =
      DeviceCodeRequest(provider, main, rule, SampleClient(), Scopes({"a"}));
  EXPECT_EQ(begin.url.Expose(), "https://as.example/device_authorization");
  EXPECT_EQ(begin.body.Expose(),
            "scope=a&client_id=id%3A1&client_secret=s%26cret");
  const HttpRequest poll = DevicePollRequest(
      provider, main, rule, SampleClient(), Secret::Copy("d/1"));
  EXPECT_EQ(poll.url.Expose(), "https://as.example/token");
  EXPECT_EQ(poll.body.Expose(),
            "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code"
            "&device_code=d%2F1&client_id=id%3A1&client_secret=s%26cret");
}

}  // namespace
}  // namespace bursar
