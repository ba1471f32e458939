#include "server/messages/policy_explanations.h"

namespace bursar {

v1::ExplainPolicyResponse ToProto(const PolicyExplanation& explanation) {
  v1::ExplainPolicyResponse response;
  response.set_allowed(explanation.allowed);
  response.set_rule(explanation.rule);
  for (const RuleExplanation& explained : explanation.rules) {
    auto& rule = *response.add_rules();
    rule.set_name(explained.rule);
    rule.set_allows(explained.allows);
    rule.set_why(explained.why);
  }
  auto& limit = *response.mutable_limit();
  limit.set_calls_per_second(explanation.limit.calls_per_second);
  limit.set_burst(explanation.limit.burst);
  limit.set_in_flight(explanation.limit.in_flight);
  limit.set_refreshes_per_minute(explanation.limit.refreshes_per_minute);
  response.set_version(explanation.version);
  return response;
}

}  // namespace bursar
