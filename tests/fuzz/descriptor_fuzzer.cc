// Provider descriptors.

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "server/config/config_errors.h"
#include "server/config/provider_descriptor.h"
#include "server/config/yaml_map.h"
#include "server/config/yaml_reader.h"
#include "server/upstream/form.h"
#include "server/upstream/trusted_url.h"
#include "tests/fuzz/fuzz_input.h"
#include "yaml-cpp/yaml.h"

namespace bursar {
namespace {

// The provider that `text` describes; errors are noted.
Provider ReadDescriptor(const std::string& text, ConfigErrors& errors) {
  const auto root = YamlReader::Parse("descriptor.yaml", "", text, errors);
  if (!root) return {};
  const YamlMap keys = root->Map();
  Provider provider = ApplyDescriptor(Provider(), keys);
  CheckComplete(provider, keys);
  return provider;
}

// Whether a key of `node` holds the canary: keys are named in errors.
bool IsInKey(const YAML::Node& node) {
  if (node.IsMap()) {
    return std::any_of(node.begin(), node.end(), [](const auto& entry) {
      return (entry.first.IsScalar() && Leaks(entry.first.Scalar())) ||
             IsInKey(entry.first) || IsInKey(entry.second);
    });
  }
  return node.IsSequence() &&
         std::any_of(node.begin(), node.end(),
                     [](const auto& item) { return IsInKey(item); });
}

bool MayBeNamed(const std::string& text) {
  try {
    return IsInKey(YAML::Load(text));
  } catch (const YAML::Exception&) {
    return false;
  }
}

void CheckEndpoint(const Provider& provider, const Endpoint& endpoint) {
  for (const auto& [name, center] : provider.data_centers) {
    const Secret url = EndpointUrl(center.accounts_server, endpoint, Form());
    Must(IsTrustedUrl(url.Expose()), "secrets go where they may");
  }
}

}  // namespace
}  // namespace bursar

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  using namespace bursar;
  ConfigErrors errors;
  const std::string text(FuzzInput(data, size).Rest());
  const Provider provider = ReadDescriptor(text, errors);
  if (!errors.empty()) {
    Must(!Leaks(errors.ToStatus().message()) || MayBeNamed(text),
         "no value of a file is repeated");
    return 0;
  }
  Must(!provider.discovered || (!provider.authorization_endpoint.empty() &&
                                !provider.token_endpoint.empty()),
       "there is where to ask");
  CheckEndpoint(provider, provider.token_endpoint);
  if (provider.device) CheckEndpoint(provider, provider.device->endpoint);
  return 0;
}
