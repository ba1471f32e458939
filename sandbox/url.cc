#include "sandbox/url.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace bursar::sandbox {
namespace {

std::string Encoded(absl::string_view text) {
  constexpr absl::string_view kHex = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    if (absl::ascii_isalnum(c) || c == '-' || c == '.' || c == '_' ||
        c == '~') {
      encoded += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    encoded += '%';
    encoded += kHex[byte >> 4];
    encoded += kHex[byte & 15];
  }
  return encoded;
}

}  // namespace

std::string QueryOf(const QueryParameters& parameters) {
  std::string query;
  for (const auto& [name, value] : parameters) {
    absl::StrAppend(&query, query.empty() ? "" : "&", Encoded(name), "=",
                    Encoded(value));
  }
  return query;
}

std::string WithQuery(absl::string_view uri,
                      const QueryParameters& parameters) {
  const bool has_query = uri.find('?') != absl::string_view::npos;
  return absl::StrCat(uri, has_query ? "&" : "?", QueryOf(parameters));
}

}  // namespace bursar::sandbox
