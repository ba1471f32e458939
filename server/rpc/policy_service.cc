#include "server/rpc/policy_service.h"

#include <string>
#include <utility>
#include <vector>

#include "bursar/v1/policy.pb.h"
#include "server/core/policy_explanation.h"
#include "server/core/reason.h"
#include "server/messages/policy_explanations.h"

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
        reply.Send(ToProto(
            bursar::ExplainPolicy(*policy_.Get(), call.subject, asked, owns)));
      });
}

}  // namespace bursar
