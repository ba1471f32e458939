// bursar.v1.Clients: the registrations that operators made at providers.
// Borrows what it is made with; thread-safe.

#ifndef BURSAR_SERVER_RPC_CLIENTS_SERVICE_H_
#define BURSAR_SERVER_RPC_CLIENTS_SERVICE_H_

#include <memory>

#include "bursar/v1/clients.grpc.pb.h"
#include "server/core/journal.h"
#include "server/core/provider.h"
#include "server/core/revocation.h"
#include "server/rpc/edge.h"

namespace bursar {

using RawClients = v1::Clients::WithRawCallbackMethod_CreateClient<
    v1::Clients::WithRawCallbackMethod_GetClient<
        v1::Clients::WithRawCallbackMethod_ListClients<
            v1::Clients::WithRawCallbackMethod_UpdateClient<
                v1::Clients::WithRawCallbackMethod_DeleteClient<
                    v1::Clients::WithRawCallbackMethod_ReplaceClientSecret<
                        v1::Clients::WithRawCallbackMethod_RemoveClientSecret<
                            v1::Clients::Service>>>>>>>;

class ClientsService final : public RawClients {
 public:
  ClientsService(Edge& edge, Journal& journal, Revocation& revocation,
                 const Providers& providers)
      : edge_(edge),
        journal_(journal),
        revocation_(revocation),
        providers_(providers) {}

  grpc::ServerUnaryReactor* CreateClient(grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* request,
                                         grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* GetClient(grpc::CallbackServerContext* context,
                                      const grpc::ByteBuffer* request,
                                      grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* ListClients(grpc::CallbackServerContext* context,
                                        const grpc::ByteBuffer* request,
                                        grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* UpdateClient(grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* request,
                                         grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* DeleteClient(grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* request,
                                         grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* ReplaceClientSecret(
      grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
      grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* RemoveClientSecret(
      grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
      grpc::ByteBuffer* response) override;

 private:
  Edge& edge_;
  Journal& journal_;
  Revocation& revocation_;
  const Providers& providers_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_RPC_CLIENTS_SERVICE_H_
