#include "server/main/closable_upstream.h"

#include <utility>

namespace bursar {
namespace {

constexpr Transient kOutOfReach = {Trouble::kUnreachable, std::nullopt};

}  // namespace

void ClosableUpstream::Close() {
  std::unique_lock lock(mutex_);
  closed_ = true;
  left_.wait(lock, [this] { return inside_ == 0; });
}

ClosableUpstream::Pass ClosableUpstream::Enter() {
  const std::lock_guard lock(mutex_);
  if (closed_) return nullptr;
  ++inside_;
  return Pass(this);
}

void ClosableUpstream::End() {
  const std::lock_guard lock(mutex_);
  if (--inside_ == 0) left_.notify_all();
}

std::string ClosableUpstream::AuthorizationUrl(const ClientIdentity& client,
                                               const Scopes& scopes,
                                               const Secret& state,
                                               const Secret& verifier) const {
  return inner_.AuthorizationUrl(client, scopes, state, verifier);
}

RedeemResult ClosableUpstream::ReadFragment(const ClientIdentity& client,
                                            const FragmentToken& token,
                                            absl::Time now) const {
  return inner_.ReadFragment(client, token, now);
}

void ClosableUpstream::RedeemCode(const ClientIdentity& client,
                                  const CodeExchange& exchange,
                                  RedeemDone done) {
  const Pass pass = Enter();
  if (!pass) return done(kOutOfReach);
  inner_.RedeemCode(client, exchange, std::move(done));
}

void ClosableUpstream::RedeemRefreshToken(const ClientIdentity& client,
                                          const Secret& refresh_token,
                                          const Scopes& scopes,
                                          RedeemDone done) {
  const Pass pass = Enter();
  if (!pass) return done(kOutOfReach);
  inner_.RedeemRefreshToken(client, refresh_token, scopes, std::move(done));
}

void ClosableUpstream::RequestClientCredentials(const ClientIdentity& client,
                                                const Scopes& scopes,
                                                const std::string& organization,
                                                RedeemDone done) {
  const Pass pass = Enter();
  if (!pass) return done(kOutOfReach);
  inner_.RequestClientCredentials(client, scopes, organization,
                                  std::move(done));
}

void ClosableUpstream::Revoke(const ClientIdentity& client,
                              const Secret& refresh_token, RevokeDone done) {
  const Pass pass = Enter();
  if (!pass) return done(RevokeResult::kTryAgain);
  inner_.Revoke(client, refresh_token, std::move(done));
}

void ClosableUpstream::BeginDevice(const ClientIdentity& client,
                                   const Scopes& scopes, DeviceBegun done) {
  const Pass pass = Enter();
  if (!pass) return done(kOutOfReach);
  inner_.BeginDevice(client, scopes, std::move(done));
}

void ClosableUpstream::PollDevice(const ClientIdentity& client,
                                  const Secret& device_code,
                                  DevicePolled done) {
  const Pass pass = Enter();
  if (!pass) return done(kOutOfReach);
  inner_.PollDevice(client, device_code, std::move(done));
}

}  // namespace bursar
