// The Upstream that speaks OAuth 2.0 as each provider's descriptor says.
// Stateless. Thread-safe. Providers and clock are borrowed and must outlive the
// transport, which is borrowed too.

#ifndef BURSAR_SERVER_UPSTREAM_OAUTH_CLIENT_H_
#define BURSAR_SERVER_UPSTREAM_OAUTH_CLIENT_H_

#include <string>

#include "server/base/clock.h"
#include "server/core/provider.h"
#include "server/core/upstream.h"
#include "server/upstream/transport.h"

namespace bursar {

/// A client of a provider or data centre that the configuration no longer names
/// ends as misconfigured (CLIENT), its revocations as refused, and it has no
/// authorization URL (""). Nor has one of a provider that waits for its
/// metadata, which is unreachable until that came.
class OAuthClient final : public Upstream {
 public:
  OAuthClient(const Providers& providers, Transport& transport,
              const Clock& clock);

  std::string AuthorizationUrl(const ClientIdentity& client,
                               const Scopes& scopes, const Secret& state,
                               const Secret& verifier) const override;

  RedeemResult ReadFragment(const ClientIdentity& client,
                            const FragmentToken& token,
                            absl::Time now) const override;

  void RedeemCode(const ClientIdentity& client, const CodeExchange& exchange,
                  RedeemDone done) override;

  void RedeemRefreshToken(const ClientIdentity& client,
                          const Secret& refresh_token, const Scopes& scopes,
                          RedeemDone done) override;

  void RequestClientCredentials(const ClientIdentity& client,
                                const Scopes& scopes,
                                const std::string& organization,
                                RedeemDone done) override;

  void Revoke(const ClientIdentity& client, const Secret& refresh_token,
              RevokeDone done) override;

  void BeginDevice(const ClientIdentity& client, const Scopes& scopes,
                   DeviceBegun done) override;

  void PollDevice(const ClientIdentity& client, const Secret& device_code,
                  DevicePolled done) override;

 private:
  void SendTokenRequest(const Provider& provider, HttpRequest request,
                        RedeemDone done);

  const Providers& providers_;
  Transport& transport_;
  const Clock& clock_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_UPSTREAM_OAUTH_CLIENT_H_
