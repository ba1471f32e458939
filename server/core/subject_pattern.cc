#include "server/core/subject_pattern.h"

#include <algorithm>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace bursar {
namespace {

absl::Status UnknownForm() {
  return absl::InvalidArgumentError(
      "is no form of a subject: spiffe://DOMAIN/PATH, dns:NAME, "
      "kubernetes:CLUSTER/NAMESPACE/ACCOUNT, unix:UID, api-key:NAME, or "
      "anonymous");
}

absl::Status StarElsewhere() {
  return absl::InvalidArgumentError(
      "has a * where none may stand: only at the end of a path, as in "
      "spiffe://example.org/ns/payments/* or kubernetes:prod/payments/*, so "
      "that nobody comes in whom nobody thought of");
}

bool IsWord(absl::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isgraph(static_cast<unsigned char>(c)) && c != '*';
  });
}

bool IsNumber(absl::string_view text) {
  return !text.empty() && text.size() <= 10 &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return absl::ascii_isdigit(static_cast<unsigned char>(c));
         });
}

// `path` is what follows the form's own beginning. At least two of its segments
// say whom a prefix is for.
absl::StatusOr<PathPattern> ParsePath(absl::string_view text,
                                      absl::string_view path,
                                      std::size_t least_segments) {
  const bool below = absl::ConsumeSuffix(&path, "/*");
  if (below) text.remove_suffix(1);
  const std::vector<absl::string_view> segments = absl::StrSplit(path, '/');
  if (path.find('*') != absl::string_view::npos) return StarElsewhere();
  if (!std::all_of(segments.begin(), segments.end(), IsWord)) {
    return UnknownForm();
  }
  if (below) {
    if (segments.size() < 2) return StarElsewhere();
    return PathPattern::Below(text);
  }
  if (segments.size() < least_segments) return UnknownForm();
  return PathPattern::Exactly(text);
}

}  // namespace

absl::StatusOr<PathPattern> ParseSubject(absl::string_view text) {
  absl::string_view rest = text;
  if (absl::ConsumePrefix(&rest, "spiffe://")) {
    return ParsePath(text, rest, 2);
  }
  if (absl::ConsumePrefix(&rest, "kubernetes:")) {
    absl::StatusOr<PathPattern> pattern = ParsePath(text, rest, 3);
    // Cluster, namespace and account are all there is.
    if (pattern.ok() && std::count(rest.begin(), rest.end(), '/') != 2) {
      return UnknownForm();
    }
    return pattern;
  }
  if (text.find('*') != absl::string_view::npos) return StarElsewhere();
  if (text == "anonymous") return PathPattern::Exactly(text);
  if (absl::ConsumePrefix(&rest, "unix:")) {
    if (IsNumber(rest)) return PathPattern::Exactly(text);
    return absl::InvalidArgumentError(
        "must name a user by number, as in unix:1000");
  }
  for (const absl::string_view form : {"dns:", "api-key:"}) {
    if (absl::ConsumePrefix(&rest, form) && IsWord(rest)) {
      return PathPattern::Exactly(text);
    }
  }
  return UnknownForm();
}

}  // namespace bursar
