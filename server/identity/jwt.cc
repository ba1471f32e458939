#include "server/identity/jwt.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_split.h"
#include "server/identity/base64url.h"
#include "server/identity/bounded_json.h"

namespace bursar {
namespace {

using nlohmann::json;

constexpr std::size_t kMaxTokenBytes = 16 * 1024;
constexpr std::size_t kMaxAudiences = 32;
// The end of the year 9999.
constexpr double kLatestSeconds = 253'402'300'799.0;

absl::Status Malformed(absl::string_view what) {
  return absl::InvalidArgumentError(what);
}

std::optional<json> ParsePart(absl::string_view part) {
  const std::optional<std::string> text = DecodeBase64Url(part);
  return text ? ParseBoundedObject(*text) : std::nullopt;
}

// Nothing in `time` without the claim; false if it is no time.
bool ReadTime(const json& claims, const char* name,
              std::optional<absl::Time>& time) {
  const json* claim = Member(claims, name);
  if (claim == nullptr) return true;
  if (!claim->is_number()) return false;
  const double seconds = claim->get<double>();
  if (!(seconds >= 0 && seconds <= kLatestSeconds)) return false;
  time = absl::UnixEpoch() + absl::Seconds(seconds);
  return true;
}

// One audience may stand alone (RFC 7519 section 4.1.3).
bool ReadAudiences(const json& claims, std::vector<std::string>& audiences) {
  const json* claim = Member(claims, "aud");
  if (claim == nullptr) return true;
  if (claim->is_string()) {
    audiences.push_back(claim->get<std::string>());
    return true;
  }
  if (!claim->is_array() || claim->size() > kMaxAudiences) return false;
  for (const json& audience : *claim) {
    if (!audience.is_string()) return false;
    audiences.push_back(audience.get<std::string>());
  }
  return true;
}

absl::Status ReadClaims(const json& claims, Jwt& token) {
  token.issuer = TextMemberOf(claims, "iss");
  token.subject = TextMemberOf(claims, "sub");
  if (token.issuer.empty()) return Malformed("the token names no issuer");
  if (!ReadAudiences(claims, token.audiences)) {
    return Malformed("the token's audience is malformed");
  }
  if (!ReadTime(claims, "exp", token.expiry) ||
      !ReadTime(claims, "nbf", token.not_before) ||
      !ReadTime(claims, "iat", token.issued)) {
    return Malformed("a time in the token is malformed");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Jwt> ParseJwt(absl::string_view text) {
  if (text.size() > kMaxTokenBytes) return Malformed("the token is too large");
  const std::vector<absl::string_view> parts = absl::StrSplit(text, '.');
  if (parts.size() != 3) return Malformed("it is no signed token");
  const std::optional<json> header = ParsePart(parts[0]);
  const std::optional<json> claims = ParsePart(parts[1]);
  std::optional<std::string> signature = DecodeBase64Url(parts[2]);
  if (!header || !claims || !signature) {
    return Malformed("it is no signed token");
  }
  if (Member(*header, "crit") != nullptr) {
    return Malformed("the token needs an extension that is not known");
  }
  Jwt token;
  token.algorithm = TextMemberOf(*header, "alg");
  token.key_id = TextMemberOf(*header, "kid");
  token.signed_text = std::string(text.substr(0, text.rfind('.')));
  token.signature = *std::move(signature);
  absl::Status read = ReadClaims(*claims, token);
  if (!read.ok()) return read;
  return token;
}

absl::Status VerifySignature(const Jwt& token, const JwkSet& keys) {
  const PublicKey* key = keys.Find(token.key_id, token.algorithm);
  if (key == nullptr) {
    return absl::UnauthenticatedError(
        "the issuer has no such key, or not for this algorithm");
  }
  if (!key->Verifies(token.algorithm, token.signed_text, token.signature)) {
    return absl::UnauthenticatedError("the signature is not good");
  }
  return absl::OkStatus();
}

}  // namespace bursar
