// bursar.v1.ApiKeys: keys that operators make for callers. Borrows what it is
// made with; thread-safe.

#ifndef BURSAR_SERVER_RPC_API_KEYS_SERVICE_H_
#define BURSAR_SERVER_RPC_API_KEYS_SERVICE_H_

#include "bursar/v1/api_keys.grpc.pb.h"
#include "server/core/journal.h"
#include "server/identity/api_keys.h"
#include "server/rpc/edge.h"

namespace bursar {

using RawApiKeys = v1::ApiKeys::WithRawCallbackMethod_CreateApiKey<
    v1::ApiKeys::WithRawCallbackMethod_ListApiKeys<
        v1::ApiKeys::WithRawCallbackMethod_RevokeApiKey<v1::ApiKeys::Service>>>;

class ApiKeysService final : public RawApiKeys {
 public:
  ApiKeysService(Edge& edge, ApiKeys& api_keys, Journal& journal)
      : edge_(edge), api_keys_(api_keys), journal_(journal) {}

  grpc::ServerUnaryReactor* CreateApiKey(grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* request,
                                         grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* ListApiKeys(grpc::CallbackServerContext* context,
                                        const grpc::ByteBuffer* request,
                                        grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* RevokeApiKey(grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* request,
                                         grpc::ByteBuffer* response) override;

 private:
  Edge& edge_;
  ApiKeys& api_keys_;
  Journal& journal_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_RPC_API_KEYS_SERVICE_H_
