// bursar.v1.Policy: what the policy in force says, and why. Borrows what it is
// made with; thread-safe.

#ifndef BURSAR_SERVER_RPC_POLICY_SERVICE_H_
#define BURSAR_SERVER_RPC_POLICY_SERVICE_H_

#include "bursar/v1/policy.grpc.pb.h"
#include "server/core/own_users.h"
#include "server/core/policy_in_force.h"
#include "server/rpc/edge.h"

namespace bursar {

class PolicyService final
    : public v1::Policy::WithRawCallbackMethod_ExplainPolicy<
          v1::Policy::Service> {
 public:
  PolicyService(Edge& edge, const PolicyInForce& policy,
                const OwnUsers& own_users)
      : edge_(edge), policy_(policy), own_users_(own_users) {}

  grpc::ServerUnaryReactor* ExplainPolicy(grpc::CallbackServerContext* context,
                                          const grpc::ByteBuffer* request,
                                          grpc::ByteBuffer* response) override;

 private:
  Edge& edge_;
  const PolicyInForce& policy_;
  const OwnUsers& own_users_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_RPC_POLICY_SERVICE_H_
