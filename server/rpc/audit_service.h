// bursar.v1.Audit: what vouches for the record, and who got which tokens.
// Borrows what it is made with; thread-safe.

#ifndef BURSAR_SERVER_RPC_AUDIT_SERVICE_H_
#define BURSAR_SERVER_RPC_AUDIT_SERVICE_H_

#include "bursar/v1/audit.grpc.pb.h"
#include "server/core/journal.h"
#include "server/rpc/edge.h"

namespace bursar {

using RawAudit = v1::Audit::WithRawCallbackMethod_GetAuditHead<
    v1::Audit::WithRawCallbackMethod_ListDeliveries<v1::Audit::Service>>;

class AuditService final : public RawAudit {
 public:
  AuditService(Edge& edge, Journal& journal) : edge_(edge), journal_(journal) {}

  grpc::ServerUnaryReactor* GetAuditHead(grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* request,
                                         grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* ListDeliveries(grpc::CallbackServerContext* context,
                                           const grpc::ByteBuffer* request,
                                           grpc::ByteBuffer* response) override;

 private:
  Edge& edge_;
  Journal& journal_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_RPC_AUDIT_SERVICE_H_
