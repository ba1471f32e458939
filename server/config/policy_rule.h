// One rule of the policy file. Pure; no locking.

#ifndef BURSAR_SERVER_CONFIG_POLICY_RULE_H_
#define BURSAR_SERVER_CONFIG_POLICY_RULE_H_

#include "server/config/yaml_reader.h"
#include "server/core/access_policy.h"

namespace bursar {

/// The rule that the entry describes; what is wrong is in the reader's errors.
PolicyRule ReadPolicyRule(const YamlReader& entry);

}  // namespace bursar

#endif  // BURSAR_SERVER_CONFIG_POLICY_RULE_H_
