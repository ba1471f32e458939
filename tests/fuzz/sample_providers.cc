#include "tests/fuzz/sample_providers.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "server/config/config_errors.h"
#include "server/config/provider_section.h"
#include "server/config/yaml_reader.h"
#include "server/upstream/trusted_url.h"

namespace bursar {
namespace {

constexpr absl::Duration kLongestPause = absl::Hours(24);

std::vector<Provider> MakeProviders() {
  std::string list =
      "- {name: plain, descriptor: zoho, error_fields: [error]}\n";
  for (const EmbeddedFile& file : ProviderDescriptors()) {
    const absl::string_view name = absl::StripSuffix(file.name, ".yaml");
    absl::StrAppend(&list, "- {name: ", name, ", descriptor: ", name, "}\n");
  }
  // What a descriptor leaves to the configuration is not needed here.
  ConfigErrors errors;
  const auto root = YamlReader::Parse("providers", "", list, errors);
  std::vector<Provider> providers = ReadProviders(*root);
  Provider& plain = providers.front();
  plain = Provider();
  plain.name = ProviderName("plain");
  plain.default_data_center = DataCenter("main");
  plain.data_centers[DataCenter("main")] = {"", "https://as.example"};
  plain.data_centers[DataCenter("eu")] = {"eu", "https://as.example.eu"};
  plain.authorization_endpoint = "/authorize";
  plain.token_endpoint = "/token";
  plain.revocation = RevocationRule{"/revoke"};
  plain.device = DeviceRule{"/device"};
  return providers;
}

bool IsPause(const std::optional<absl::Duration>& pause) {
  return !pause || (*pause >= absl::ZeroDuration() && *pause <= kLongestPause);
}

struct Check {
  const Provider& provider;

  void operator()(const Granted& granted) const {
    const AccessToken& token = granted.access_token;
    const absl::string_view value = token.value.Expose();
    Must(!value.empty() &&
             std::all_of(value.begin(), value.end(), absl::ascii_isgraph),
         "a granted token can stand in a header");
    Must(!granted.refresh_token || !granted.refresh_token->empty(),
         "a refresh token that came is one");
    Must(token.expiry >= token.obtained &&
             token.expiry - token.obtained <= provider.maximum_lifetime,
         "a token's life is within bounds");
    Must(token.api_domain.empty() || IsTrustedUrl(token.api_domain),
         "a token is sent to nobody who may not have it");
  }
  void operator()(const Dead&) const {}
  void operator()(const Misconfigured& misconfigured) const {
    static const std::set<std::string> details = {
        "CLIENT", "SECRET", "REDIRECT_URI", "SCOPE", "ORGANIZATION", "REQUEST"};
    Must(details.count(misconfigured.detail) == 1,
         "what a provider said is told in our words alone");
  }
  void operator()(const Throttled& throttled) const {
    Must(throttled.retry_after == provider.throttle_pause ||
             IsPause(throttled.retry_after),
         "a pause is within bounds");
  }
  void operator()(const Transient& transient) const {
    Must(IsPause(transient.retry_after), "a pause is within bounds");
  }
  void operator()(const OutcomeUnknown& unknown) const {
    Must(IsPause(unknown.retry_after), "a pause is within bounds");
  }
};

}  // namespace

const std::vector<Provider>& SampleProviders() {
  static const auto& providers = *new std::vector<Provider>(MakeProviders());
  return providers;
}

HttpAnswer TakeAnswer(FuzzInput& input) {
  HttpAnswer answer;
  answer.status = input.Number();
  answer.retry_after = std::string(input.Line());
  answer.body = Secret::Copy(input.Rest());
  return answer;
}

void CheckResult(const RedeemResult& result, const Provider& provider) {
  std::visit(Check{provider}, result);
}

}  // namespace bursar
