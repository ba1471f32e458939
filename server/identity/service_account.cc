#include "server/identity/service_account.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace bursar {
namespace {

// How far ahead of ours the issuer's clock may be.
constexpr absl::Duration kLeeway = absl::Seconds(30);
// Of names in Kubernetes (RFC 1123); a namespace is a label.
constexpr std::size_t kMaxLabel = 63;
constexpr std::size_t kMaxName = 253;

absl::Status NotBelieved(absl::string_view why) {
  return absl::UnauthenticatedError(why);
}

bool IsLabelCharacter(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return absl::ascii_islower(byte) || absl::ascii_isdigit(byte) || c == '-';
}

bool IsName(absl::string_view text, std::size_t longest, bool may_have_dots) {
  return !text.empty() && text.size() <= longest &&
         std::all_of(text.begin(), text.end(), [may_have_dots](char c) {
           return IsLabelCharacter(c) || (may_have_dots && c == '.');
         });
}

}  // namespace

absl::StatusOr<Actor> ServiceAccountNamed(absl::string_view username,
                                          const TokenIssuer& issuer) {
  if (!absl::ConsumePrefix(&username, "system:serviceaccount:")) {
    return NotBelieved("the token is not a service account's");
  }
  const std::vector<absl::string_view> parts = absl::StrSplit(username, ':');
  if (parts.size() != 2 || !IsName(parts[0], kMaxLabel, false) ||
      !IsName(parts[1], kMaxName, true)) {
    return NotBelieved("the token's service account is malformed");
  }
  return Actor(absl::StrCat("kubernetes:", issuer.cluster, "/", parts[0], "/",
                            parts[1]));
}

absl::StatusOr<Identified> JudgeClaims(const Jwt& token,
                                       const TokenIssuer& issuer,
                                       absl::Time now) {
  if (token.issuer != issuer.issuer) {
    return NotBelieved("the token is another issuer's");
  }
  if (std::find(token.audiences.begin(), token.audiences.end(),
                issuer.audience) == token.audiences.end()) {
    return NotBelieved("the token is for another audience");
  }
  if (!token.expiry) return NotBelieved("the token would never expire");
  if (*token.expiry <= now) return NotBelieved("the token has expired");
  if (token.not_before && *token.not_before > now + kLeeway) {
    return NotBelieved("the token is not valid yet");
  }
  if (token.issued && *token.issued > now + kLeeway) {
    return NotBelieved("the token was issued in the future");
  }
  absl::StatusOr<Actor> actor = ServiceAccountNamed(token.subject, issuer);
  if (!actor.ok()) return actor.status();
  return Identified{*std::move(actor), *token.expiry};
}

}  // namespace bursar
