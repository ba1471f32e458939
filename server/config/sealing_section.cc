#include "server/config/sealing_section.h"

#include <optional>
#include <string>

#include "server/config/choice.h"
#include "server/config/yaml_map.h"

namespace bursar {
namespace {

std::string RequiredPath(const YamlMap& keys, const std::string& key) {
  const std::optional<YamlReader> path = keys.Require(key);
  return path ? path->Path().value_or("") : "";
}

std::string RequiredText(const YamlMap& keys, const std::string& key) {
  const std::optional<YamlReader> text = keys.Require(key);
  return text ? text->Text().value_or("") : "";
}

Pkcs11Token ReadPkcs11(const YamlReader& section) {
  const YamlMap keys = section.Map();
  Pkcs11Token token;
  token.module = RequiredPath(keys, "module");
  token.token_label = RequiredText(keys, "token_label");
  token.key_label = RequiredText(keys, "key_label");
  token.pin_file = RequiredPath(keys, "pin_file");
  return token;
}

}  // namespace

SealingSettings ReadSealing(const YamlReader& section) {
  const YamlMap keys = section.Map();
  SealingSettings settings;
  settings.keyring_file = RequiredPath(keys, "keyring_file");
  if (const auto pkcs11 = keys.Find("pkcs11")) {
    settings.pkcs11 = ReadPkcs11(*pkcs11);
  }
  return settings;
}

MemoryLock ReadMemoryLock(const YamlReader& section, MemoryLock otherwise) {
  return ChoiceOr<MemoryLock>(section.Map(), "lock", otherwise,
                              {{"try", MemoryLock::kTry},
                               {"require", MemoryLock::kRequire},
                               {"off", MemoryLock::kOff}});
}

}  // namespace bursar
