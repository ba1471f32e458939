#include "tests/journey/products/product.h"

#include <regex>
#include <utility>

#include "absl/strings/str_cat.h"

namespace bursar::journey {
namespace {

BrokerOptions OptionsFor(const Product& product, const std::string& keys,
                         bool limits) {
  BrokerOptions options;
  options.descriptor = absl::StrCat("zoho-", product.name);
  options.movable_clock = true;
  options.limits = limits;
  options.provider_keys = keys;
  return options;
}

std::regex ParameterNamed(const std::string& name) {
  return std::regex(absl::StrCat("([?&])", name, "=[^&]*"));
}

}  // namespace

const std::vector<Product>& Products() {
  static const auto& products = *new std::vector<Product>{
      {"identity360",
       "idmpod.user",
       "idmpod.template.user.READ",
       "/api/v1/users",
       "Zoho-oauthtoken",
       ",",
       absl::Seconds(60),
       {"client_id", "response_type", "redirect_uri", "scope"}},
      {"cliq",
       "ZohoCliq.Channels",
       "ZohoCliq.Chats.READ",
       "/api/v2/channels",
       "Zoho-oauthtoken",
       ",",
       absl::Seconds(120),
       {"client_id", "response_type", "redirect_uri", "scope"}},
      {"iot",
       "ZohoIOT.modules.devices",
       "ZohoIOT.modules.assets.READ",
       "/iot/v1/devices",
       "Zoho-authtoken",
       ",",
       absl::Seconds(60),
       {"client_id", "response_type", "redirect_uri", "scope"}},
      {"connect",
       "zohopulse.feedList",
       "zohopulse.blogs.READ",
       "/nativeapi/v2/feeds",
       "Zoho-oauthtoken",
       ", ",
       absl::Seconds(120),
       {"client_id", "response_type", "redirect_uri", "scope", "state",
        "access_type"},
       false,
       true},
  };
  return products;
}

void ProductTest::Start(const std::string& keys,
                        std::map<std::string, std::string> switches) {
  StartStack({.switches = std::move(switches), .persona = product().name},
             OptionsFor(product(), keys, /*limits=*/true));
}

void ProductTest::StartUnlimited(const std::string& keys,
                                 std::vector<std::string> data_centers) {
  SandboxOptions options = Unlimited();
  options.persona = product().name;
  options.data_centers = std::move(data_centers);
  StartStack(options, OptionsFor(product(), keys, /*limits=*/false));
}

Api::TokenReply ProductTest::RefreshNewest() {
  return Refresh(GetToken(kAnn).value, kAnn);
}

std::vector<std::string> ProductTest::StatesAtTheProvider() {
  std::vector<std::string> states;
  for (const ProviderToken& token : sandbox().RefreshTokens(kAnn)) {
    states.push_back(token.state);
  }
  return states;
}

std::string Without(const std::string& url, const std::string& parameter) {
  return std::regex_replace(url, ParameterNamed(parameter), "$1none=1");
}

std::string With(const std::string& url, const std::string& parameter,
                 const std::string& value) {
  return std::regex_replace(url, ParameterNamed(parameter),
                            absl::StrCat("$1", parameter, "=", value));
}

}  // namespace bursar::journey
