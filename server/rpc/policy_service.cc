#include "server/rpc/policy_service.h"

#include <string>
#include <utility>
#include <vector>

#include "bursar/v1/policy.pb.h"
#include "server/core/policy_explanation.h"
#include "server/core/reason.h"

namespace bursar {
namespace {

struct CallToExplain {
  Actor subject;
  const RpcMethod* rpc;
  std::string client;
  std::string user;
  std::vector<std::string> scopes;
};

// Subject, client, user and scopes are compared, not used: any text will do.
absl::StatusOr<CallToExplain> ReadCallToExplain(
    v1::ExplainPolicyRequest& request) {
  if (request.subject().empty()) {
    return FieldInvalid("subject", "is required: who calls");
  }
  const RpcMethod* rpc = FindRpcMethod(request.rpc());
  if (rpc == nullptr) {
    return FieldInvalid("rpc",
                        "must be Service.Method, as in TokenBroker.GetToken");
  }
  return CallToExplain{Actor(std::move(*request.mutable_subject())),
                       rpc,
                       std::move(*request.mutable_client()),
                       std::move(*request.mutable_user()),
                       {request.scopes().begin(), request.scopes().end()}};
}

v1::ExplainPolicyResponse ExplanationProto(
    const PolicyExplanation& explanation) {
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

}  // namespace

grpc::ServerUnaryReactor* PolicyService::ExplainPolicy(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return edge_.Serve<v1::ExplainPolicyRequest, v1::ExplainPolicyResponse>(
      {"Policy.ExplainPolicy", context, request, response}, ReadCallToExplain,
      [this](const CallToExplain& call, const Call&, auto reply) {
        const Asked asked{*call.rpc,
                          call.client,
                          call.user,
                          {call.scopes.begin(), call.scopes.end()}};
        const bool owns = own_users_.Has(call.subject, call.user, call.client);
        reply.Send(ExplanationProto(
            bursar::ExplainPolicy(*policy_.Get(), call.subject, asked, owns)));
      });
}

}  // namespace bursar
