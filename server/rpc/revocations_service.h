// bursar.v1.Revocations: the outbox of revocations, for operators. Borrows what
// it is made with; thread-safe.

#ifndef BURSAR_SERVER_RPC_REVOCATIONS_SERVICE_H_
#define BURSAR_SERVER_RPC_REVOCATIONS_SERVICE_H_

#include "bursar/v1/revocations.grpc.pb.h"
#include "server/core/journal.h"
#include "server/core/revocation.h"
#include "server/rpc/edge.h"

namespace bursar {

using RawRevocations =
    v1::Revocations::WithRawCallbackMethod_ListPendingRevocations<
        v1::Revocations::WithRawCallbackMethod_RetryRevocations<
            v1::Revocations::Service>>;

class RevocationsService final : public RawRevocations {
 public:
  RevocationsService(Edge& edge, Journal& journal, Revocation& revocation)
      : edge_(edge), journal_(journal), revocation_(revocation) {}

  grpc::ServerUnaryReactor* ListPendingRevocations(
      grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
      grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* RetryRevocations(
      grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
      grpc::ByteBuffer* response) override;

 private:
  Edge& edge_;
  Journal& journal_;
  Revocation& revocation_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_RPC_REVOCATIONS_SERVICE_H_
