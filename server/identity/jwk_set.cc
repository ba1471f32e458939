#include "server/identity/jwk_set.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <utility>

#include "absl/status/status.h"
#include "server/identity/base64url.h"
#include "server/identity/bounded_json.h"

namespace bursar {
namespace {

using nlohmann::json;

constexpr std::size_t kMaxSetBytes = 256 * 1024;
constexpr std::size_t kMaxKeys = 100;

// Whether the issuer means it for signatures (RFC 7517 sections 4.2, 4.3).
bool IsForSignatures(const json& jwk) {
  const json* use = Member(jwk, "use");
  if (use != nullptr && *use != "sig") return false;
  const json* operations = Member(jwk, "key_ops");
  if (operations == nullptr) return true;
  return operations->is_array() &&
         std::find(operations->begin(), operations->end(), "verify") !=
             operations->end();
}

std::optional<PublicKey> KeyOf(const json& jwk) {
  const auto number = [&jwk](const char* name) {
    return DecodeBase64Url(TextMemberOf(jwk, name)).value_or("");
  };
  const std::string type = TextMemberOf(jwk, "kty");
  if (type == "RSA") return PublicKey::Rsa(number("n"), number("e"));
  if (type == "EC") {
    return PublicKey::Ec(TextMemberOf(jwk, "crv"), number("x"), number("y"));
  }
  return std::nullopt;
}

}  // namespace

absl::StatusOr<JwkSet> JwkSet::Parse(absl::string_view text) {
  if (text.size() > kMaxSetBytes) {
    return absl::InvalidArgumentError("the key set is too large");
  }
  const std::optional<json> object = ParseBoundedObject(text);
  const json* keys = object ? Member(*object, "keys") : nullptr;
  if (keys == nullptr || !keys->is_array()) {
    return absl::InvalidArgumentError("it is no key set");
  }
  if (keys->size() > kMaxKeys) {
    return absl::InvalidArgumentError("the key set has too many keys");
  }
  JwkSet set;
  std::set<std::string> seen;
  for (const json& jwk : *keys) {
    if (!jwk.is_object()) continue;
    const std::string id = TextMemberOf(jwk, "kid");
    if (!seen.insert(id).second) {
      set.keys_.erase(id);
      continue;
    }
    if (id.empty() || !IsForSignatures(jwk)) continue;
    std::optional<PublicKey> key = KeyOf(jwk);
    if (key)
      set.keys_.insert({id, {*std::move(key), TextMemberOf(jwk, "alg")}});
  }
  if (set.keys_.empty()) {
    return absl::InvalidArgumentError("the key set has no key of any use");
  }
  return set;
}

const PublicKey* JwkSet::Find(absl::string_view id,
                              absl::string_view algorithm) const {
  const auto found = keys_.find(std::string(id));
  if (found == keys_.end()) return nullptr;
  const Jwk& jwk = found->second;
  if (!jwk.algorithm.empty() && jwk.algorithm != algorithm) return nullptr;
  return &jwk.key;
}

bool JwkSet::Has(absl::string_view id) const {
  return keys_.count(std::string(id)) > 0;
}

}  // namespace bursar
