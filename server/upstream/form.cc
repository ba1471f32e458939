#include "server/upstream/form.h"

#include <array>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace bursar {
namespace {

bool IsUnreserved(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

}  // namespace

void AppendPercentEncoded(absl::string_view text, SecretBuilder& out) {
  constexpr absl::string_view kDigits = "0123456789ABCDEF";
  for (const char c : text) {
    if (IsUnreserved(c)) {
      out.Append(absl::string_view(&c, 1));
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    const std::array<char, 3> escaped = {'%', kDigits[byte >> 4],
                                         kDigits[byte & 15]};
    out.Append(absl::string_view(escaped.data(), escaped.size()));
  }
}

void Form::Add(absl::string_view name, absl::string_view value) {
  if (!empty()) text_.Append("&");
  AppendPercentEncoded(name, text_);
  text_.Append("=");
  AppendPercentEncoded(value, text_);
}

Secret EndpointUrl(absl::string_view base, absl::string_view endpoint,
                   const Form& query) {
  SecretBuilder url;
  if (absl::StrContains(endpoint, "://")) {
    url.Append(endpoint);
  } else {
    url.Append(absl::StripSuffix(base, "/"));
    url.Append("/");
    url.Append(absl::StripPrefix(endpoint, "/"));
  }
  if (!query.empty()) {
    url.Append(absl::StrContains(endpoint, "?") ? "&" : "?");
    url.Append(query.text());
  }
  return url.Build();
}

}  // namespace bursar
