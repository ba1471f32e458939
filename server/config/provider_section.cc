#include "server/config/provider_section.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "server/config/endpoints.h"
#include "server/config/provider_descriptor.h"
#include "server/config/yaml_map.h"

namespace bursar {
namespace {

std::string BuiltInName(const EmbeddedFile& file) {
  return std::string(absl::StripSuffix(file.name, ".yaml"));
}

std::optional<YamlReader> LoadBuiltIn(const YamlReader& name) {
  std::vector<std::string> known;
  for (const EmbeddedFile& file : ProviderDescriptors()) {
    known.push_back(BuiltInName(file));
  }
  const std::optional<std::string> wanted = name.Word(known);
  for (const EmbeddedFile& file : ProviderDescriptors()) {
    if (BuiltInName(file) == wanted) {
      return YamlReader::Parse(absl::StrCat("built-in ", file.name), "",
                               std::string(file.content), name.errors());
    }
  }
  return std::nullopt;
}

// `provider` with the descriptor, laid over the one that it extends, if any.
Provider ApplyWhole(Provider provider, const YamlReader& descriptor) {
  const YamlMap keys = descriptor.Map();
  if (const auto name = keys.Find("extends")) {
    if (const auto base = LoadBuiltIn(*name)) {
      provider = ApplyWhole(std::move(provider), *base);
    }
  }
  return ApplyDescriptor(std::move(provider), keys);
}

// The descriptor that an entry names.
std::optional<YamlReader> LoadDescriptor(const YamlMap& keys) {
  const std::optional<YamlReader> name = keys.Find("descriptor");
  const std::optional<YamlReader> file = keys.Find("descriptor_file");
  if (name.has_value() == file.has_value()) {
    keys.Fail("must have one of descriptor and descriptor_file");
    return std::nullopt;
  }
  if (name) return LoadBuiltIn(*name);
  const std::optional<std::string> path = file->Path();
  return path ? YamlReader::Load(*path, &*file, file->errors()) : std::nullopt;
}

std::string ReadName(const YamlMap& keys) {
  const std::optional<YamlReader> value = keys.Require("name");
  std::string name = value ? value->Text().value_or("") : "";
  const bool is_clean = std::all_of(name.begin(), name.end(), [](char c) {
    return absl::ascii_islower(static_cast<unsigned char>(c)) ||
           absl::ascii_isdigit(static_cast<unsigned char>(c)) || c == '-' ||
           c == '_' || c == '.';
  });
  if (!is_clean) {
    value->Fail("must be of lower-case letters, digits, '-', '_' and '.'");
  }
  return name;
}

Provider ReadProvider(const YamlReader& item) {
  const YamlMap keys = item.Map();
  Provider provider;
  provider.name = ProviderName(ReadName(keys));
  const std::optional<YamlReader> descriptor = LoadDescriptor(keys);
  if (descriptor) provider = ApplyWhole(std::move(provider), *descriptor);
  provider = AtItsIssuer(ApplyDescriptor(std::move(provider), keys));
  // Without a descriptor everything would be missing: one error says enough.
  if (descriptor) CheckComplete(provider, keys);
  return provider;
}

}  // namespace

std::vector<Provider> ReadProviders(const YamlReader& list) {
  std::vector<Provider> providers;
  std::set<ProviderName> names;
  for (const YamlReader& item : list.Items()) {
    Provider provider = ReadProvider(item);
    if (!names.insert(provider.name).second) {
      item.Fail("has the name of another provider");
    }
    providers.push_back(std::move(provider));
  }
  if (providers.empty()) list.Fail("must name a provider at least");
  return providers;
}

}  // namespace bursar
