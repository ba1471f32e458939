// Zoho's products: that each descriptor says what the product's page does.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <variant>

#include "server/core/limit.h"
#include "server/upstream/authorization_url.h"
#include "server/upstream/revoke_request.h"
#include "server/upstream/token_request.h"
#include "tests/unit/upstream/built_in.h"

namespace bursar {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Pair;
using ::testing::StartsWith;

const char* const kProducts[] = {"zoho-identity360", "zoho-cliq", "zoho-iot",
                                 "zoho-connect"};

const DataCenterEndpoints& Us(const Provider& provider) {
  return provider.data_centers.at(DataCenter("us"));
}

HttpRequest Exchange(const Provider& provider) {
  return CodeRequest(provider, Us(provider), SampleClient(),
                     {Secret::Copy("c"), Secret(),
                      Scopes({"s.b.READ", "s.a.READ"}), Secret::Copy("st")});
}

HttpRequest RefreshOf(const Provider& provider) {
  return RefreshRequest(provider, Us(provider), SampleClient(),
                        Secret::Copy("r"), Scopes({"s.b.READ", "s.a.READ"}));
}

HttpRequest RevocationOf(const Provider& provider) {
  return RevokeRequest(provider, Us(provider), *provider.revocation,
                       SampleClient(), Secret::Copy("r"));
}

absl::Duration LifetimeIn(const Provider& provider, const std::string& rest) {
  const RedeemResult result =
      ReadAs(provider, 200, R"({"access_token":"t")" + rest + "}");
  return std::get<Granted>(result).access_token.expiry - kSent;
}

int64_t CountOf(const Provider& provider, Counted counted, CountedPer per,
                std::optional<absl::Duration> within, PastLimit then) {
  for (const Limit& limit : provider.limits) {
    if (limit.counted == counted && limit.per == per &&
        limit.within == within && limit.then == then) {
      return limit.at_most;
    }
  }
  return 0;
}

TEST(ZohoProviders, AskForARefreshTokenEveryTime) {
  for (const char* product : kProducts) {
    EXPECT_THAT(
        BuiltIn(product).authorize_parameters,
        ElementsAre(Pair("access_type", "offline"), Pair("prompt", "consent")))
        << product;
  }
}

TEST(ZohoProviders, LimitWhatTheRulingsSay) {
  for (const char* product : kProducts) {
    const Provider provider = BuiltIn(product);
    EXPECT_EQ(provider.limits.size(), 5);
    EXPECT_EQ(CountOf(provider, Counted::kRefreshTokens,
                      CountedPer::kUserAndClient, {}, PastLimit::kEvicts),
              20);
    EXPECT_EQ(
        CountOf(provider, Counted::kRefreshTokens, CountedPer::kUserAndClient,
                absl::Minutes(1), PastLimit::kRefuses),
        5);
    EXPECT_EQ(CountOf(provider, Counted::kCodes, CountedPer::kClient,
                      absl::Minutes(10), PastLimit::kRefuses),
              10);
    EXPECT_EQ(
        CountOf(provider, Counted::kAccessTokens, CountedPer::kRefreshToken,
                absl::Minutes(10), PastLimit::kRefuses),
        10);
    EXPECT_EQ(CountOf(provider, Counted::kAccessTokens,
                      CountedPer::kRefreshToken, {}, PastLimit::kEvicts),
              10);
  }
}

TEST(ZohoProviders, AreInNineDataCentres) {
  for (const char* product :
       {"zoho-identity360", "zoho-cliq", "zoho-connect"}) {
    const Provider provider = BuiltIn(product);
    EXPECT_EQ(provider.data_centers.size(), 9);
    for (const auto& [name, server] : {std::pair("us", "com"),
                                       {"eu", "eu"},
                                       {"in", "in"},
                                       {"au", "com.au"},
                                       {"sa", "sa"},
                                       {"jp", "jp"},
                                       {"uk", "uk"},
                                       {"cn", "com.cn"}}) {
      EXPECT_EQ(DataCenterOf(provider,
                             absl::StrCat("https://accounts.zoho.", server)),
                DataCenter(name));
    }
    EXPECT_EQ(DataCenterOf(provider, "https://accounts.zohocloud.ca"),
              DataCenter("ca"));
  }
}

TEST(ZohoProviders, NeverRotate) {
  for (const char* product : kProducts) {
    EXPECT_FALSE(BuiltIn(product).may_rotate) << product;
  }
}

TEST(ZohoProviders, RevokeWithTheTokenAlone) {
  for (const char* product : kProducts) {
    const HttpRequest request = RevocationOf(BuiltIn(product));
    EXPECT_EQ(request.url.Expose(),
              "https://accounts.zoho.com/oauth/v2/token/revoke?token=r");
    EXPECT_TRUE(request.body.empty());
  }
}

TEST(ZohoProviders, SpeakTheSecondGenerationOfRevocationWhereAsked) {
  const HttpRequest request = RevocationOf(BuiltIn(
      "zoho-cliq",
      ", revocation: {endpoint: /oauth/v2/revoke/token, parameters: body, "
      "client_authentication: basic, type_parameter: token_type}"));
  EXPECT_EQ(request.url.Expose(),
            "https://accounts.zoho.com/oauth/v2/revoke/token");
  EXPECT_EQ(request.body.Expose(), "token=r&token_type=refresh_token");
  EXPECT_EQ(request.headers.at(0).name, "Authorization");
}

TEST(ZohoIdentity360, IsAsItsPageSays) {
  const Provider provider = BuiltIn("zoho-identity360");
  EXPECT_EQ(Exchange(provider).url.Expose(),
            "https://accounts.zoho.com/oauth/v2/token");
  EXPECT_EQ(Exchange(provider).body.Expose(),
            "grant_type=authorization_code&code=c"
            "&redirect_uri=https%3A%2F%2Fbroker.example%2Fcallback"
            "&client_id=id%3A1&client_secret=s%26cret");
  EXPECT_EQ(provider.authorization_scheme, "Zoho-oauthtoken");
  EXPECT_EQ(LifetimeIn(provider, R"(,"expires_in":3600)"), absl::Hours(1));
}

TEST(ZohoIdentity360, WriteIsCreateUpdateAndDelete) {
  const ScopeGrammar grammar = BuiltIn("zoho-identity360").scopes;
  const Scopes held({"idmpod.user.WRITE"});
  for (const char* wanted :
       {"idmpod.user.CREATE", "idmpod.user.update", "idmpod.user.DELETE"}) {
    EXPECT_TRUE(Covers(held, Scopes({wanted}), grammar)) << wanted;
  }
  EXPECT_FALSE(Covers(held, Scopes({"idmpod.user.READ"}), grammar));
}

TEST(ZohoIdentity360, AllIsWriteToo) {
  const ScopeGrammar grammar = BuiltIn("zoho-identity360").scopes;
  EXPECT_TRUE(Covers(Scopes({"idmpod.user.ALL"}),
                     Scopes({"idmpod.user.WRITE", "idmpod.user.READ"}),
                     grammar));
}

TEST(ZohoIdentity360, AFourthPartIsAnotherResource) {
  const ScopeGrammar grammar = BuiltIn("zoho-identity360").scopes;
  EXPECT_FALSE(Covers(Scopes({"idmpod.user.ALL"}),
                      Scopes({"idmpod.template.user.READ"}), grammar));
  EXPECT_TRUE(Covers(Scopes({"idmpod.template.user.read"}),
                     Scopes({"idmpod.template.user.READ"}), grammar));
}

TEST(ZohoCliq, IsAsItsPageSays) {
  const Provider provider = BuiltIn("zoho-cliq");
  EXPECT_EQ(RefreshOf(provider).url.Expose(),
            "https://accounts.zoho.com/oauth/v2/token");
  EXPECT_EQ(RefreshOf(provider).body.Expose(),
            "grant_type=refresh_token&refresh_token=r"
            "&client_id=id%3A1&client_secret=s%26cret");
  EXPECT_EQ(provider.authorization_scheme, "Zoho-oauthtoken");
  EXPECT_TRUE(Covers(Scopes({"ZohoCliq.Channels.ALL"}),
                     Scopes({"ZohoCliq.Channels.READ"}), provider.scopes));
  EXPECT_FALSE(Covers(Scopes({"ZohoCliq.channels.ALL"}),
                      Scopes({"ZohoCliq.Channels.READ"}), provider.scopes));
}

TEST(ZohoIot, IsAsItsPageSays) {
  const Provider provider = BuiltIn("zoho-iot");
  EXPECT_EQ(Exchange(provider).url.Expose(),
            "https://accounts.zoho.com/oauth/v2/token"
            "?grant_type=authorization_code&code=c"
            "&redirect_uri=https%3A%2F%2Fbroker.example%2Fcallback"
            "&client_id=id%3A1&client_secret=s%26cret");
  EXPECT_TRUE(Exchange(provider).body.empty());
  EXPECT_THAT(
      std::string(RefreshOf(provider).url.Expose()),
      AllOf(HasSubstr("&redirect_uri=https%3A%2F%2Fbroker.example%2Fcallback&"),
            Not(HasSubstr("scope"))));
  EXPECT_EQ(provider.authorization_scheme, "Zoho-authtoken");
  EXPECT_EQ(provider.data_centers.size(), 5);
  EXPECT_TRUE(Covers(Scopes({"ZohoIOT.modules.devices.ALL"}),
                     Scopes({"ZohoIOT.modules.devices.READ"}),
                     provider.scopes));
}

TEST(ZohoConnect, IsAsItsPageSays) {
  const Provider provider = BuiltIn("zoho-connect");
  EXPECT_THAT(std::string(Exchange(provider).url.Expose()),
              AllOf(HasSubstr("&scope=s.a.READ%2C%20s.b.READ&state=st&"),
                    HasSubstr("&client_secret=s%26cret")));
  EXPECT_THAT(std::string(RefreshOf(provider).url.Expose()),
              AllOf(HasSubstr("&redirect_uri=https"),
                    HasSubstr("&scope=s.a.READ%2C%20s.b.READ&")));
  EXPECT_EQ(provider.authorization_scheme, "Zoho-oauthtoken");
  EXPECT_THAT(
      MakeAuthorizationUrl(provider, Us(provider), SampleClient(),
                           Scopes({"a", "b"}), Secret::Copy("s"), Secret()),
      AllOf(StartsWith("https://accounts.zoho.com/oauth/v2/auth?"),
            HasSubstr("&scope=a%2C%20b&state=s&")));
}

TEST(ZohoConnect, ThreeMillionSixHundredThousandIsOneHour) {
  EXPECT_EQ(LifetimeIn(BuiltIn("zoho-connect"), R"(,"expires_in":3600000)"),
            absl::Hours(1));
}

TEST(ZohoProviders, WithoutExpiresInTheDefaultIsBelieved) {
  for (const char* product : kProducts) {
    EXPECT_EQ(LifetimeIn(BuiltIn(product), ""), absl::Hours(1)) << product;
    EXPECT_EQ(LifetimeIn(BuiltIn(product, ", default_lifetime: 10m"), ""),
              absl::Minutes(10))
        << product;
  }
}

TEST(ZohoProviders, GiveSelfClientsTokensInAnOrganizationsName) {
  for (const char* product : kProducts) {
    const Provider provider = BuiltIn(product);
    ASSERT_TRUE(provider.client_credentials) << product;
    const HttpRequest request = ClientCredentialsRequest(
        provider, Us(provider), *provider.client_credentials, SampleClient(),
        Scopes({"s.a.READ"}), "Service.1");
    const std::string all =
        absl::StrCat(request.url.Expose(), "\n", request.body.Expose());
    EXPECT_THAT(all, HasSubstr("grant_type=client_credentials")) << product;
    EXPECT_THAT(all, HasSubstr("soid=Service.1")) << product;
    const RedeemResult missing =
        ReadAs(provider, 200, R"({"error":"missing_org_info"})");
    ASSERT_TRUE(std::holds_alternative<Misconfigured>(missing)) << product;
    EXPECT_EQ(std::get<Misconfigured>(missing).detail, "ORGANIZATION");
  }
}

TEST(ZohoProviders, HaveTheImplicitFlowForBrowsersAlone) {
  for (const char* product : kProducts) {
    EXPECT_TRUE(BuiltIn(product).implicit) << product;
  }
}

}  // namespace
}  // namespace bursar
