#include "server/core/scope.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace bursar {
namespace {

// A scope split at its last dot.
struct Parts {
  absl::string_view resource;
  std::string operation;  // Upper case.
};

Parts Split(absl::string_view scope) {
  const std::size_t dot = scope.rfind('.');
  if (dot == absl::string_view::npos) return {scope, ""};
  return {scope.substr(0, dot), absl::AsciiStrToUpper(scope.substr(dot + 1))};
}

bool Implies(const Parts& held, const Parts& wanted,
             const ScopeGrammar& grammar) {
  if (held.resource != wanted.resource) return false;
  if (held.operation == wanted.operation) return true;
  const auto implied = grammar.implied.find(held.operation);
  return implied != grammar.implied.end() &&
         std::count(implied->second.begin(), implied->second.end(),
                    wanted.operation) > 0;
}

bool CoversOne(const Scopes& held, const std::string& wanted,
               const ScopeGrammar& grammar) {
  if (std::binary_search(held.names().begin(), held.names().end(), wanted)) {
    return true;
  }
  if (!grammar.ends_with_operation) return false;
  const Parts parts = Split(wanted);
  return std::any_of(held.names().begin(), held.names().end(),
                     [&](const std::string& name) {
                       return Implies(Split(name), parts, grammar);
                     });
}

}  // namespace

Scopes::Scopes(std::vector<std::string> names) : names_(std::move(names)) {
  std::sort(names_.begin(), names_.end());
  names_.erase(std::unique(names_.begin(), names_.end()), names_.end());
}

Scopes Scopes::Parse(absl::string_view text) {
  return Scopes(std::vector<std::string>(
      absl::StrSplit(text, absl::ByAnyChar(", \t\r\n"), absl::SkipEmpty())));
}

std::string Scopes::Join(absl::string_view separator) const {
  return absl::StrJoin(names_, separator);
}

bool Covers(const Scopes& held, const Scopes& wanted,
            const ScopeGrammar& grammar) {
  return std::all_of(
      wanted.names().begin(), wanted.names().end(),
      [&](const std::string& name) { return CoversOne(held, name, grammar); });
}

}  // namespace bursar
