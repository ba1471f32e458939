#include "server/identity/spiffe_id.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace bursar {
namespace {

constexpr std::size_t kMaxId = 2048;
constexpr std::size_t kMaxTrustDomain = 255;

bool IsMark(char c) { return c == '-' || c == '.' || c == '_'; }

bool IsTrustDomainCharacter(char c) {
  return absl::ascii_islower(c) || absl::ascii_isdigit(c) || IsMark(c);
}

bool IsPathCharacter(char c) { return absl::ascii_isalnum(c) || IsMark(c); }

absl::Status NoSpiffeId(absl::string_view why) {
  return absl::InvalidArgumentError(
      absl::StrCat("its URI is no SPIFFE id of a workload: ", why));
}

}  // namespace

absl::Status CheckSpiffeId(absl::string_view id) {
  if (id.size() > kMaxId) return NoSpiffeId("it is too long");
  if (!absl::ConsumePrefix(&id, "spiffe://")) {
    return NoSpiffeId("it does not begin with spiffe://");
  }
  const std::size_t slash = std::min(id.find('/'), id.size());
  const absl::string_view domain = id.substr(0, slash);
  if (domain.empty() || domain.size() > kMaxTrustDomain ||
      !std::all_of(domain.begin(), domain.end(), IsTrustDomainCharacter)) {
    return NoSpiffeId("its trust domain is malformed");
  }
  if (slash == id.size()) return NoSpiffeId("it has no path");
  for (absl::string_view segment : absl::StrSplit(id.substr(slash + 1), '/')) {
    if (segment.empty()) return NoSpiffeId("its path has an empty segment");
    if (segment == "." || segment == "..") {
      return NoSpiffeId("its path has a relative segment");
    }
    if (!std::all_of(segment.begin(), segment.end(), IsPathCharacter)) {
      return NoSpiffeId("its path has a character that none may have");
    }
  }
  return absl::OkStatus();
}

}  // namespace bursar
