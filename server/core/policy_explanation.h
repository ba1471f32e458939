// Which rule of a policy decides about a call, and why each other does not: for
// whoever wonders, and in words. Pure; no locking.

#ifndef BURSAR_SERVER_CORE_POLICY_EXPLANATION_H_
#define BURSAR_SERVER_CORE_POLICY_EXPLANATION_H_

#include <string>
#include <vector>

#include "server/core/access_policy.h"

namespace bursar {

struct RuleExplanation {
  std::string rule;
  bool allows = false;
  /// What is met or missing, as half a sentence: "its clients do not name …".
  std::string why;
};

struct PolicyExplanation {
  /// The first rule that allows the call; empty if none does.
  std::string rule;
  bool allowed = false;
  /// Every rule, in the policy's order.
  std::vector<RuleExplanation> rules;
  CallerLimit limit;
  /// The policy's.
  std::string version;
};

/// What the policy says of a call of `actor`'s. `owns`: whether it began the
/// consent asked about.
PolicyExplanation ExplainPolicy(const AccessPolicy& policy, const Actor& actor,
                                const Asked& asked, bool owns);

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_POLICY_EXPLANATION_H_
