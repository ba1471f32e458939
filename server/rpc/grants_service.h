// bursar.v1.Grants: how consents begin and end, and what they led to. Borrows
// what it is made with; thread-safe.

#ifndef BURSAR_SERVER_RPC_GRANTS_SERVICE_H_
#define BURSAR_SERVER_RPC_GRANTS_SERVICE_H_

#include "bursar/v1/grants.grpc.pb.h"
#include "server/core/consent.h"
#include "server/core/device_consents.h"
#include "server/core/journal.h"
#include "server/core/provider.h"
#include "server/rpc/edge.h"

namespace bursar {

using RawGrants = v1::Grants::WithRawCallbackMethod_BeginConsent<
    v1::Grants::WithRawCallbackMethod_CompleteConsent<
        v1::Grants::WithRawCallbackMethod_ImportGrant<
            v1::Grants::WithRawCallbackMethod_RequestClientCredentials<
                v1::Grants::WithRawCallbackMethod_ExchangeCode<
                    v1::Grants::WithRawCallbackMethod_BeginDeviceConsent<
                        v1::Grants::WithRawCallbackMethod_GetDeviceConsent<
                            v1::Grants::WithRawCallbackMethod_GetGrant<
                                v1::Grants::WithRawCallbackMethod_ListGrants<
                                    v1::Grants::
                                        WithRawCallbackMethod_ListRefreshTokens<
                                            v1::Grants::
                                                WithRawCallbackMethod_ListUsage<
                                                    v1::Grants::
                                                        Service>>>>>>>>>>>;

class GrantsService final : public RawGrants {
 public:
  GrantsService(Edge& edge, Consent& consent, DeviceConsents& device_consents,
                Journal& journal, const Providers& providers)
      : edge_(edge),
        consent_(consent),
        device_consents_(device_consents),
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
  grpc::ServerUnaryReactor* ExchangeCode(grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* request,
                                         grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* RequestClientCredentials(
      grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
      grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* BeginDeviceConsent(
      grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
      grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* GetDeviceConsent(
      grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
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
  DeviceConsents& device_consents_;
  Journal& journal_;
  const Providers& providers_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_RPC_GRANTS_SERVICE_H_
