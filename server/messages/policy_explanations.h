// What the policy says of a call, from the core's types to the wire's. Pure; no
// locking.

#ifndef BURSAR_SERVER_MESSAGES_POLICY_EXPLANATIONS_H_
#define BURSAR_SERVER_MESSAGES_POLICY_EXPLANATIONS_H_

#include "bursar/v1/policy.pb.h"
#include "server/core/policy_explanation.h"

namespace bursar {

v1::ExplainPolicyResponse ToProto(const PolicyExplanation& explanation);

}  // namespace bursar

#endif  // BURSAR_SERVER_MESSAGES_POLICY_EXPLANATIONS_H_
