// The policy file's section `limits`: how much of the server each caller may
// use. Pure; no locking.

#ifndef BURSAR_SERVER_CONFIG_POLICY_LIMITS_H_
#define BURSAR_SERVER_CONFIG_POLICY_LIMITS_H_

#include <vector>

#include "server/config/yaml_reader.h"
#include "server/core/access_policy.h"

namespace bursar {

struct PolicyLimits {
  /// Of whoever has none of their own.
  CallerLimit everyone;
  std::vector<SubjectLimit> subjects;
};

/// What is wrong is in the reader's errors.
PolicyLimits ReadPolicyLimits(const YamlReader& section);

}  // namespace bursar

#endif  // BURSAR_SERVER_CONFIG_POLICY_LIMITS_H_
