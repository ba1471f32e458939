// What callers may do: a table of rules. What no rule allows is denied.
// Immutable, and shared freely between threads.

#ifndef BURSAR_SERVER_CORE_ACCESS_POLICY_H_
#define BURSAR_SERVER_CORE_ACCESS_POLICY_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "server/core/by_subject.h"
#include "server/core/path_pattern.h"
#include "server/core/rpc_methods.h"
#include "server/core/types.h"

namespace bursar {

/// The one answer to every call that no rule allows, whatever exists.
absl::Status PermissionDenied();

/// Which names a rule allows.
struct NameClause {
  enum class Kind {
    kListed,
    kAny,
    kOwn,  ///< Of users: those whose consent the caller began.
  };
  Kind kind = Kind::kListed;
  std::vector<PathPattern> listed = {};

  /// Not asked in kOwn. No name at all is allowed by kAny alone.
  bool Allows(absl::string_view name) const;
};

struct PolicyRule {
  std::string name;
  std::vector<PathPattern> subjects;
  RpcSet rpcs;
  NameClause clients;
  NameClause users;
  NameClause scopes;
};

/// How much of the server one caller may use.
struct CallerLimit {
  int64_t calls_per_second = 1000;
  /// So many calls may come at once after a rest.
  int64_t burst = 2000;
  int64_t in_flight = 500;
  /// Calls that insist on a new token of the provider's.
  int64_t refreshes_per_minute = 60;

  friend bool operator==(const CallerLimit& a, const CallerLimit& b) = default;
};

/// One caller's limit, or that of each caller below a path.
struct SubjectLimit {
  PathPattern subject;
  CallerLimit limit;
};

/// A call as it is judged, before it is known to be well-formed: views of what
/// the request names, empty where it names nothing.
struct Asked {
  const RpcMethod& rpc;
  absl::string_view client = {};
  absl::string_view user = {};
  absl::InlinedVector<absl::string_view, 4> scopes = {};
};

/// What a rule wants first that a call does not have.
enum class Unmet { kSubject, kRpc, kClient, kUser, kScopes };

class AccessPolicy {
 public:
  /// Whether the caller began the consent of the user and client asked about.
  using Owns = absl::FunctionRef<bool()>;

  AccessPolicy(std::vector<PolicyRule> rules, CallerLimit limit,
               const std::vector<SubjectLimit>& limits, std::string version);
  AccessPolicy(const AccessPolicy&) = delete;
  AccessPolicy& operator=(const AccessPolicy&) = delete;

  /// A rule by which `actor` may make the call, or null: it may not. Does the
  /// same whatever exists of what is asked about.
  const PolicyRule* Judge(const Actor& actor, const Asked& asked,
                          Owns owns) const;

  /// Whether any rule lets `actor` call `rpc`, for whomever.
  bool Knows(const Actor& actor, const RpcMethod& rpc) const;

  /// The nearest limit that is set for `actor`.
  const CallerLimit& LimitOf(const Actor& actor) const;

  /// What the rule wants and the call does not have, or nothing.
  static std::optional<Unmet> FirstUnmet(const PolicyRule& rule,
                                         const Actor& actor, const Asked& asked,
                                         Owns owns);

  /// In the file's order.
  const std::vector<PolicyRule>& rules() const { return rules_; }

  /// Tells two policies apart, for people.
  const std::string& version() const { return version_; }

 private:
  const std::vector<PolicyRule> rules_;
  const CallerLimit limit_;
  const std::string version_;
  BySubject<std::size_t> rules_by_subject_;  // Places in rules_.
  BySubject<CallerLimit> limits_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_ACCESS_POLICY_H_
