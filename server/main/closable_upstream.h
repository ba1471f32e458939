// An Upstream that can be taken away while calls still come: what asks after
// the end is told that the provider is out of reach, which is true and changes
// nothing. Borrows the one behind. Thread-safe.

#ifndef BURSAR_SERVER_MAIN_CLOSABLE_UPSTREAM_H_
#define BURSAR_SERVER_MAIN_CLOSABLE_UPSTREAM_H_

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

#include "server/core/upstream.h"

namespace bursar {

class ClosableUpstream final : public Upstream {
 public:
  explicit ClosableUpstream(Upstream& inner) : inner_(inner) {}

  /// From its return on, nothing reaches the upstream behind.
  void Close();

  // Pure, so that they go on after the end.
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
  struct Leave {
    void operator()(ClosableUpstream* upstream) const { upstream->End(); }
  };
  /// Keeps the upstream behind from going.
  using Pass = std::unique_ptr<ClosableUpstream, Leave>;

  /// Null once closed.
  Pass Enter();
  void End();

  Upstream& inner_;
  std::mutex mutex_;
  std::condition_variable left_;
  // Guarded by mutex_.
  int64_t inside_ = 0;
  bool closed_ = false;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_MAIN_CLOSABLE_UPSTREAM_H_
