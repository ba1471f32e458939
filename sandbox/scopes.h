// Scopes as the sandbox's providers write them, service.name[.sub].OPERATION or
// plain names, and what they mean in words. Pure; no locking.

#ifndef BURSAR_SANDBOX_SCOPES_H_
#define BURSAR_SANDBOX_SCOPES_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace bursar::sandbox {

using Scopes = std::vector<std::string>;

/// One resource that scopes exist for.
struct ScopeFamily {
  /// All of a scope before its operation, such as "ZohoCliq.Channels"; all of
  /// a plain one.
  std::string resource;
  /// Completes "See …", such as "channels in Zoho Cliq".
  std::string noun;
  /// The operations that exist; ALL is understood besides. None: a plain scope.
  std::vector<std::string> operations;
  /// Says it better than verb and noun would; empty: those.
  std::string words;
};

/// Splits at commas and blanks, drops repetitions, keeps the order.
Scopes ParseScopes(absl::string_view text);

/// Whether a scope of `families` is `scope`. Operations are compared without
/// regard to case, the rest exactly.
bool IsKnown(const std::vector<ScopeFamily>& families, absl::string_view scope);

/// Whether `granted` allows `needed`: ALL implies every operation of the same
/// resource, WRITE all but READ.
bool Allows(const Scopes& granted, absl::string_view needed);

/// Whether `granted` allows every one of `needed`.
bool AllowsAll(const Scopes& granted, const Scopes& needed);

/// The scope of `resource` that allows `operation`: `resource` itself where
/// that is a plain one.
std::string ScopeFor(const std::vector<ScopeFamily>& families,
                     absl::string_view resource, absl::string_view operation);

/// The service a scope belongs to: what comes before its first dot.
std::string ServiceOf(absl::string_view scope);

/// What a user who grants `scope` allows, for example "See channels in Zoho
/// Cliq"; sensible words for a scope of no family too.
std::string InWords(const std::vector<ScopeFamily>& families,
                    absl::string_view scope);

}  // namespace bursar::sandbox

#endif  // BURSAR_SANDBOX_SCOPES_H_
