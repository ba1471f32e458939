// Tokens for a service that holds no secret: asks the broker, keeps what it
// gets in the process, and fetches it anew ahead of its end, so that the common
// call costs one shared lock and one look-up.
//
// One per process is enough for all users and clients. Thread-safe. Owns one
// thread, which looks for tokens to fetch ahead, and a channel; a client that
// goes cancels what is under way: callbacks still waiting get CANCELLED, and
// have run when it is gone. Only where one of them drops the last reference to
// its own client does that happen later.

#ifndef BURSAR_CLIENT_TOKEN_CLIENT_H_
#define BURSAR_CLIENT_TOKEN_CLIENT_H_

#include <functional>
#include <memory>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "client/channel.h"
#include "client/retry_policy.h"
#include "client/token.h"
#include "client/token_key.h"

namespace bursar::client {

class ServiceThread;
class TokenService;

struct TokenClientOptions {
  /// Where the broker is.
  ChannelOptions broker = {};

  /// How long a call may take, all its attempts together.
  absl::Duration deadline = absl::Seconds(10);

  /// How calls that end with UNAVAILABLE are repeated within their deadline.
  RetryPolicy retry = {};

  /// A token is fetched anew, in the background and only if it was asked for
  /// since it came, when about this fraction of its life remains: 0 (never) to
  /// 0.5. Calls whose min_ttl is longer than that do wait for the broker.
  double refresh_ahead = 0.2;

  /// How often the background looks for such tokens.
  absl::Duration sweep_interval = absl::Seconds(1);

  /// Whether a call that ends with CONSENT_REQUIRED begins a consent, so that
  /// there is a URL to send the user to. See ConsentRequiredOf.
  bool begin_consent = true;

  /// Whether to hear from the broker at once of tokens that are dead before
  /// their time, as long as any are kept: GetToken then hands them out no more.
  /// Costs a stream to the broker, over the same connection.
  bool watch_revocations = true;

  /// What time it is, for the tokens' life; the machine's clock if empty.
  std::function<absl::Time()> now = nullptr;
};

class TokenClient {
 public:
  using TokenPtr = std::shared_ptr<const Token>;
  using Callback = absl::AnyInvocable<void(absl::StatusOr<TokenPtr>)>;

  /// Does not wait for the broker. INVALID_ARGUMENT: as OpenChannel, or an
  /// option is out of its range.
  static absl::StatusOr<std::shared_ptr<TokenClient>> Create(
      TokenClientOptions options);

  ~TokenClient();
  TokenClient(const TokenClient&) = delete;
  TokenClient& operator=(const TokenClient&) = delete;

  /// A token that lives at least `min_ttl` more: from this process if there is
  /// one, else from the broker. While the broker cannot be reached or the
  /// provider is in trouble, a token that still lives is returned rather than
  /// none: expire_time() tells.
  ///
  /// Waits at most for the deadline. Not to be called on a gRPC callback
  /// thread, which it would block: use the other GetToken there.
  ///
  /// Errors carry the broker's code; client/errors.h reads the rest. Those of
  /// bursar.v1.TokenBroker.GetToken, and DEADLINE_EXCEEDED.
  absl::StatusOr<TokenPtr> GetToken(const TokenKey& key,
                                    absl::Duration min_ttl = absl::Minutes(1));

  /// The same without waiting. `done` is called once: before this returns if
  /// the token is at hand, else on one of gRPC's threads, where it must not
  /// block.
  void GetToken(const TokenKey& key, absl::Duration min_ttl, Callback done);

  /// The token that GetToken would return without asking the broker, or null.
  TokenPtr FindToken(const TokenKey& key,
                     absl::Duration min_ttl = absl::Minutes(1)) const;

  /// The API refused `token`: it is not handed out any more, and whoever asks
  /// next gets a newer one.
  void ReportRefused(const Token& token);

  /// ReportRefused, and the newer token. However many callers saw the same
  /// token refused, the broker is asked once. The rest as for GetToken.
  absl::StatusOr<TokenPtr> Refresh(const Token& refused);
  void Refresh(const Token& refused, Callback done);

  /// Drops what is kept about `key`; what is being fetched for it is not kept.
  void Forget(const TokenKey& key);

 private:
  TokenClient(std::unique_ptr<ServiceThread> thread, absl::Duration deadline);

  const std::unique_ptr<ServiceThread> thread_;
  TokenService& service_;
  const absl::Duration deadline_;
};

}  // namespace bursar::client

#endif  // BURSAR_CLIENT_TOKEN_CLIENT_H_
