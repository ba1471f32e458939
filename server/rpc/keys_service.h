// bursar.v1.Keys: which keys the ledger needs, and their rotation. Borrows what
// it is made with; thread-safe.

#ifndef BURSAR_SERVER_RPC_KEYS_SERVICE_H_
#define BURSAR_SERVER_RPC_KEYS_SERVICE_H_

#include "bursar/v1/keys.grpc.pb.h"
#include "server/core/key_census.h"
#include "server/core/key_rotation.h"
#include "server/core/key_source.h"
#include "server/core/sealer.h"
#include "server/rpc/edge.h"

namespace bursar {

/// What the service needs.
struct KeyDependencies {
  KeySource& source;
  KeyRotation& rotation;
  KeyCensus& census;
  const Sealer& sealer;
};

class KeysService final
    : public v1::Keys::WithRawCallbackMethod_ListKeys<
          v1::Keys::WithRawCallbackMethod_RotateKeys<
              v1::Keys::WithRawCallbackMethod_GetKeyRotation<
                  v1::Keys::Service>>> {
 public:
  KeysService(Edge& edge, const KeyDependencies& keys)
      : edge_(edge), keys_(keys) {}

  grpc::ServerUnaryReactor* ListKeys(grpc::CallbackServerContext* context,
                                     const grpc::ByteBuffer* request,
                                     grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* RotateKeys(grpc::CallbackServerContext* context,
                                       const grpc::ByteBuffer* request,
                                       grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* GetKeyRotation(grpc::CallbackServerContext* context,
                                           const grpc::ByteBuffer* request,
                                           grpc::ByteBuffer* response) override;

 private:
  Edge& edge_;
  const KeyDependencies keys_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_RPC_KEYS_SERVICE_H_
