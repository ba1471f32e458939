#include "server/core/fragment.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace bursar {
namespace {

using Parameters = std::map<std::string, std::string>;

// The text that application/x-www-form-urlencoded made `encoded` of. Never
// grows, so that no copy of a secret is left behind.
std::optional<std::string> Decode(absl::string_view encoded) {
  std::string decoded;
  decoded.reserve(encoded.size());
  for (std::size_t i = 0; i < encoded.size(); ++i) {
    char c = encoded[i] == '+' ? ' ' : encoded[i];
    if (c == '%') {
      if (i + 2 >= encoded.size() || !absl::ascii_isxdigit(encoded[i + 1]) ||
          !absl::ascii_isxdigit(encoded[i + 2])) {
        return std::nullopt;
      }
      c = absl::HexStringToBytes(encoded.substr(i + 1, 2)).front();
      i += 2;
    }
    if (!absl::ascii_isprint(static_cast<unsigned char>(c))) {
      return std::nullopt;
    }
    decoded.push_back(c);
  }
  return decoded;
}

std::optional<Parameters> ParseParameters(absl::string_view text) {
  Parameters parameters;
  for (const absl::string_view pair :
       absl::StrSplit(text, '&', absl::SkipEmpty())) {
    const std::pair<absl::string_view, absl::string_view> parts =
        absl::StrSplit(pair, absl::MaxSplits('=', 1));
    auto name = Decode(parts.first);
    auto value = Decode(parts.second);
    if (!name || !value ||
        !parameters.emplace(*std::move(name), *std::move(value)).second) {
      return std::nullopt;
    }
  }
  return parameters;
}

// The parameter's value, taken out; empty if it is missing.
std::string TakeParameter(Parameters& parameters, const std::string& name) {
  const auto node = parameters.extract(name);
  return node.empty() ? "" : std::move(node.mapped());
}

}  // namespace

std::optional<Fragment> ParseFragment(absl::string_view text) {
  if (text.size() > kMaxFragmentSize) return std::nullopt;
  auto parameters = ParseParameters(absl::StripPrefix(text, "#"));
  if (!parameters) return std::nullopt;
  Fragment fragment;
  Redirect& redirect = fragment.redirect;
  redirect.state = Secret::Take(TakeParameter(*parameters, "state"));
  Secret token = Secret::Take(TakeParameter(*parameters, "access_token"));
  fragment.error = TakeParameter(*parameters, "error");
  redirect.accounts_server = TakeParameter(*parameters, "accounts-server");
  redirect.issuer = TakeParameter(*parameters, "iss");
  if (redirect.state.empty()) return std::nullopt;
  if (!fragment.error.empty()) return fragment;
  if (token.empty()) return std::nullopt;
  redirect.token = FragmentToken{std::move(token), *std::move(parameters)};
  return fragment;
}

}  // namespace bursar
