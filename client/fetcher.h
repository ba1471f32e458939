// The calls that a token client makes to the broker, as callbacks. Owns the
// stubs. Thread-safe.

#ifndef BURSAR_CLIENT_FETCHER_H_
#define BURSAR_CLIENT_FETCHER_H_

#include <grpcpp/channel.h>

#include <memory>
#include <optional>
#include <string>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "bursar/v1/grants.grpc.pb.h"
#include "bursar/v1/token_broker.grpc.pb.h"
#include "client/retry_policy.h"
#include "client/retrying_call.h"
#include "client/token.h"
#include "client/token_key.h"
#include "client/token_table.h"

namespace bursar::client {

/// The request that begins a consent for `key`; a refusal for want of consent
/// carries it too, to say whose.
v1::BeginConsentRequest ConsentRequest(const TokenKey& key);

class Fetcher {
 public:
  struct Ask {
    TokenKey key;
    absl::Duration min_ttl;
    /// Set: a newer token than this one.
    std::optional<RefusedToken> refused;
    RetryingCall::Deadline deadline;
    bool repeat = true;
  };
  using Fetched =
      absl::AnyInvocable<void(absl::StatusOr<std::shared_ptr<const Token>>)>;
  using Begun = absl::AnyInvocable<void(absl::StatusOr<Consent>)>;

  Fetcher(const std::shared_ptr<grpc::Channel>& channel, RetryPolicy policy);

  /// The calls below are returned before they are started.
  std::shared_ptr<RetryingCall> Fetch(const Ask& ask, Fetched fetched);
  std::shared_ptr<RetryingCall> BeginConsent(const TokenKey& key,
                                             RetryingCall::Deadline deadline,
                                             Begun begun);

 private:
  std::shared_ptr<RetryingCall> Get(const Ask& ask, Fetched fetched);
  std::shared_ptr<RetryingCall> Refresh(const Ask& ask, Fetched fetched);

  const RetryPolicy policy_;
  const std::unique_ptr<v1::TokenBroker::Stub> broker_;
  const std::unique_ptr<v1::Grants::Stub> grants_;
};

}  // namespace bursar::client

#endif  // BURSAR_CLIENT_FETCHER_H_
