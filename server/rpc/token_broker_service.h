// bursar.v1.TokenBroker: tokens for callers, and the end of grants. Borrows
// what it is made with; thread-safe.

#ifndef BURSAR_SERVER_RPC_TOKEN_BROKER_SERVICE_H_
#define BURSAR_SERVER_RPC_TOKEN_BROKER_SERVICE_H_

#include "bursar/v1/token_broker.grpc.pb.h"
#include "server/core/revocation.h"
#include "server/core/revocation_watch.h"
#include "server/core/token_source.h"
#include "server/rpc/edge.h"

namespace bursar {

using RawTokenBroker = v1::TokenBroker::WithRawCallbackMethod_GetToken<
    v1::TokenBroker::WithRawCallbackMethod_Refresh<
        v1::TokenBroker::WithRawCallbackMethod_Revoke<
            v1::TokenBroker::WithRawCallbackMethod_WatchRevocations<
                v1::TokenBroker::Service>>>>;

class TokenBrokerService final : public RawTokenBroker {
 public:
  TokenBrokerService(Edge& edge, TokenSource& tokens, Revocation& revocation,
                     RevocationWatch& watch, Executor& executor)
      : edge_(edge),
        tokens_(tokens),
        revocation_(revocation),
        watch_(watch),
        executor_(executor) {}

  grpc::ServerUnaryReactor* GetToken(grpc::CallbackServerContext* context,
                                     const grpc::ByteBuffer* request,
                                     grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* Refresh(grpc::CallbackServerContext* context,
                                    const grpc::ByteBuffer* request,
                                    grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* Revoke(grpc::CallbackServerContext* context,
                                   const grpc::ByteBuffer* request,
                                   grpc::ByteBuffer* response) override;
  grpc::ServerWriteReactor<grpc::ByteBuffer>* WatchRevocations(
      grpc::CallbackServerContext* context,
      const grpc::ByteBuffer* request) override;

 private:
  Edge& edge_;
  TokenSource& tokens_;
  Revocation& revocation_;
  RevocationWatch& watch_;
  Executor& executor_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_RPC_TOKEN_BROKER_SERVICE_H_
