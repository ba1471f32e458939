#include "server/sealing/keyring.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "server/sealing/key_file.h"
#include "server/sealing/keyring_file.h"

namespace bursar {
namespace {

absl::StatusOr<Secret> Unwrapped(const KeyLine& line, KeyWrapper* wrapper) {
  if (wrapper == nullptr) {
    return absl::FailedPreconditionError(absl::StrCat(
        line.where,
        ": this key is wrapped by a token's; say which token: "
        "sealing.pkcs11 in the configuration, or --pkcs11-module"));
  }
  absl::StatusOr<Secret> key = wrapper->Unwrap(line.value.Expose(), line.id);
  if (!key.ok()) {
    return absl::Status(key.status().code(),
                        absl::StrCat(line.where, ": ", key.status().message()));
  }
  if (key->size() != kKeyBytes) {
    return absl::InvalidArgumentError(absl::StrCat(
        line.where, ": what is wrapped there is no key of this program's"));
  }
  return key;
}

absl::StatusOr<KeyBytes> BytesOf(const KeyLine& line, KeyWrapper* wrapper) {
  if (!line.wrapped) return KeyBytes::Copy(line.value);
  const absl::StatusOr<Secret> key = Unwrapped(line, wrapper);
  if (!key.ok()) return key.status();
  return KeyBytes::Copy(*key);
}

}  // namespace

absl::StatusOr<Keyring> Keyring::Load(const std::string& path,
                                      KeyWrapper* wrapper) {
  const absl::StatusOr<Secret> content = ReadKeyFile(path);
  if (!content.ok()) return content.status();
  const auto lines = ParseKeyLines(path, content->Expose());
  if (!lines.ok()) return lines.status();
  Keys keys;
  for (const KeyLine& line : *lines) {
    absl::StatusOr<KeyBytes> bytes = BytesOf(line, wrapper);
    if (!bytes.ok()) return bytes.status();
    keys.push_back(
        std::make_shared<const Key>(Key{line.id, *std::move(bytes)}));
  }
  return Keyring(std::move(keys));
}

absl::Status Keyring::Create(const std::string& path, Random& random,
                             KeyWrapper* wrapper) {
  return CreateKeyringFile(path, random, wrapper);
}

const Keyring::Key* Keyring::Find(absl::string_view id) const {
  const auto key = std::find_if(keys_.begin(), keys_.end(),
                                [&](const auto& k) { return k->id == id; });
  return key == keys_.end() ? nullptr : key->get();
}

std::vector<std::string> Keyring::Ids() const {
  std::vector<std::string> ids;
  ids.reserve(keys_.size());
  for (const auto& key : keys_) ids.push_back(key->id);
  return ids;
}

Keyring Keyring::JoinedBy(const Keyring& other) const {
  Keys keys = keys_;
  for (const auto& key : other.keys_) {
    if (Find(key->id) == nullptr) keys.push_back(key);
  }
  return Keyring(std::move(keys));
}

}  // namespace bursar
