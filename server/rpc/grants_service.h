// bursar.v1.Grants: how consents begin and end, and what they led to. Borrows
// what it is made with; thread-safe.

#ifndef BURSAR_SERVER_RPC_GRANTS_SERVICE_H_
#define BURSAR_SERVER_RPC_GRANTS_SERVICE_H_

#include "bursar/v1/grants.grpc.pb.h"
#include "server/core/consent.h"
#include "server/core/journal.h"
#include "server/core/provider.h"
#include "server/rpc/edge.h"

namespace bursar {

using RawGrants = v1::Grants::WithRawCallbackMethod_BeginConsent<
    v1::Grants::WithRawCallbackMethod_CompleteConsent<
        v1::Grants::WithRawCallbackMethod_ImportGrant<
            v1::Grants::WithRawCallbackMethod_GetGrant<
                v1::Grants::WithRawCallbackMethod_ListGrants<
                    v1::Grants::WithRawCallbackMethod_ListRefreshTokens<
                        v1::Grants::WithRawCallbackMethod_ListUsage<
                            v1::Grants::Service>>>>>>>;

class GrantsService final : public RawGrants {
 public:
  GrantsService(Edge& edge, Consent& consent, Journal& journal,
                const Providers& providers)
      : edge_(edge),
        consent_(consent),
        journal_(journal),
        providers_(providers) {}

  grpc::ServerUnaryReactor* BeginConsent(grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* request,
                                         grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* CompleteConsent(
      grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
      grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* ImportGrant(grpc::CallbackServerContext* context,
                                        const grpc::ByteBuffer* request,
                                        grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* GetGrant(grpc::CallbackServerContext* context,
                                     const grpc::ByteBuffer* request,
                                     grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* ListGrants(grpc::CallbackServerContext* context,
                                       const grpc::ByteBuffer* request,
                                       grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* ListRefreshTokens(
      grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
      grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* ListUsage(grpc::CallbackServerContext* context,
                                      const grpc::ByteBuffer* request,
                                      grpc::ByteBuffer* response) override;

 private:
  Edge& edge_;
  Consent& consent_;
  Journal& journal_;
  const Providers& providers_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_RPC_GRANTS_SERVICE_H_
