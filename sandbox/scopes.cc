#include "sandbox/scopes.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace bursar::sandbox {
namespace {

struct Parts {
  absl::string_view resource;
  std::string operation;
};

Parts Split(absl::string_view scope) {
  const auto dot = scope.rfind('.');
  if (dot == absl::string_view::npos) return {scope, ""};
  return {scope.substr(0, dot), absl::AsciiStrToUpper(scope.substr(dot + 1))};
}

bool Implies(absl::string_view granted, absl::string_view needed) {
  if (granted == needed || granted == "ALL") return true;
  return granted == "WRITE" && needed != "READ" && needed != "ALL";
}

std::string Verb(absl::string_view operation) {
  if (operation == "CREATE") return "Create";
  if (operation == "READ") return "See";
  if (operation == "UPDATE") return "Change";
  if (operation == "DELETE") return "Delete";
  if (operation == "WRITE") return "Create, change and delete";
  if (operation == "ALL") return "See, create, change and delete";
  return absl::StrCat("Use (", absl::AsciiStrToLower(operation), ")");
}

// "ZohoIOT.modules.devices" becomes "modules devices in ZohoIOT".
std::string DerivedNoun(absl::string_view resource) {
  const auto dot = resource.find('.');
  if (dot == absl::string_view::npos) return std::string(resource);
  std::string noun;
  for (const char c : resource.substr(dot + 1)) {
    if (c == '.') {
      noun += ' ';
    } else if (absl::ascii_isupper(c) && !noun.empty() && noun.back() != ' ') {
      absl::StrAppend(&noun, " ", std::string(1, absl::ascii_tolower(c)));
    } else {
      noun += absl::ascii_tolower(c);
    }
  }
  return absl::StrCat(noun, " in ", resource.substr(0, dot));
}

bool IsPlain(const ScopeFamily& family) { return family.operations.empty(); }

const ScopeFamily* FamilyOf(const std::vector<ScopeFamily>& families,
                            absl::string_view scope) {
  const absl::string_view resource = Split(scope).resource;
  for (const ScopeFamily& family : families) {
    if (family.resource == (IsPlain(family) ? scope : resource)) return &family;
  }
  return nullptr;
}

}  // namespace

Scopes ParseScopes(absl::string_view text) {
  Scopes scopes;
  for (absl::string_view scope :
       absl::StrSplit(text, absl::ByAnyChar(", +\t\n"), absl::SkipEmpty())) {
    if (std::find(scopes.begin(), scopes.end(), scope) == scopes.end()) {
      scopes.emplace_back(scope);
    }
  }
  return scopes;
}

bool IsKnown(const std::vector<ScopeFamily>& families,
             absl::string_view scope) {
  const std::string operation = Split(scope).operation;
  return std::any_of(
      families.begin(), families.end(), [&](const ScopeFamily& family) {
        if (IsPlain(family)) return family.resource == scope;
        return family.resource == Split(scope).resource &&
               (operation == "ALL" ||
                std::find(family.operations.begin(), family.operations.end(),
                          operation) != family.operations.end());
      });
}

bool Allows(const Scopes& granted, absl::string_view needed) {
  const Parts need = Split(needed);
  return std::any_of(granted.begin(), granted.end(), [&](const auto& scope) {
    if (scope == needed) return true;
    const Parts have = Split(scope);
    return have.resource == need.resource &&
           Implies(have.operation, need.operation);
  });
}

bool AllowsAll(const Scopes& granted, const Scopes& needed) {
  return std::all_of(needed.begin(), needed.end(),
                     [&](const auto& scope) { return Allows(granted, scope); });
}

std::string ScopeFor(const std::vector<ScopeFamily>& families,
                     absl::string_view resource, absl::string_view operation) {
  const ScopeFamily* family = FamilyOf(families, resource);
  if (family != nullptr && IsPlain(*family)) return std::string(resource);
  return absl::StrCat(resource, ".", operation);
}

std::string ServiceOf(absl::string_view scope) {
  return std::string(scope.substr(0, scope.find('.')));
}

std::string InWords(const std::vector<ScopeFamily>& families,
                    absl::string_view scope) {
  const Parts parts = Split(scope);
  const ScopeFamily* family = FamilyOf(families, scope);
  if (family != nullptr && !family->words.empty()) return family->words;
  return absl::StrCat(
      Verb(parts.operation), " ",
      family != nullptr ? family->noun : DerivedNoun(parts.resource));
}

}  // namespace bursar::sandbox
