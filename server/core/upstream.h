// Port: the provider as the broker speaks to it. Calls return at once and end
// on a thread of the implementation's, which must not be kept waiting.
// Thread-safe.

#ifndef BURSAR_SERVER_CORE_UPSTREAM_H_
#define BURSAR_SERVER_CORE_UPSTREAM_H_

#include <map>
#include <optional>
#include <string>
#include <variant>

#include "absl/functional/any_invocable.h"
#include "absl/time/time.h"
#include "server/base/secret.h"
#include "server/core/provider.h"
#include "server/core/types.h"

namespace bursar {

/// A client as it presents itself to one provider's data centre.
struct ClientIdentity {
  ProviderName provider;
  DataCenter data_center;
  std::string client_id;
  std::optional<Secret> client_secret;
  /// As registered at the provider; exact (RFC 9700 section 2.1).
  std::string redirect_uri;
  ResponseType response_type = ResponseType::kCode;
};

/// What a code is exchanged with (RFC 6749 section 4.1.3). Borrowed for the
/// length of a call.
struct CodeExchange {
  const Secret& code;
  /// Empty where no challenge was sent (RFC 7636 section 4.5).
  const Secret& verifier;
  /// Both as the authorization request had them, for providers that want them
  /// again.
  const Scopes& scopes;
  const Secret& state;
};

/// What the fragment of a redirect says of its access token (RFC 6749 section
/// 4.2.2).
struct FragmentToken {
  Secret access_token;
  /// Every other parameter, decoded.
  std::map<std::string, std::string> parameters;
};

/// The provider gave a token. `access_token.scopes` is empty where the answer
/// named none, which means: as asked (RFC 6749 section 5.1). An absent refresh
/// token means: keep the one you have (section 6).
struct Granted {
  AccessToken access_token;
  std::optional<Secret> refresh_token;
};

/// The code or refresh token is worth nothing any more.
struct Dead {};

/// The provider rejects the client or the request, not the grant.
struct Misconfigured {
  std::string detail;  ///< CLIENT, SECRET, REDIRECT_URI, SCOPE, ORGANIZATION or
                       ///< REQUEST.
};

/// The provider asks for a pause.
struct Throttled {
  absl::Duration retry_after;
};

/// What kept an answer from coming or from being one.
enum class Trouble {
  kUnreachable,     ///< No connection came about.
  kUntrusted,       ///< The certificate was not accepted.
  kConnectionLost,  ///< Reset or closed before the whole answer.
  kTimedOut,        ///< Stalled, or too slow.
  kServerError,     ///< 5xx, without a word when to come back.
  kUnavailable,     ///< 503 or 429 with Retry-After.
  kMalformed,       ///< Not what RFC 6749 section 5 describes.
  kTooLarge,        ///< Over the bound on an answer's size.
};

/// The request certainly changed nothing: it may be repeated.
struct Transient {
  Trouble trouble;
  std::optional<absl::Duration> retry_after;
};

/// The request may have taken effect: a rotating provider may have replaced the
/// refresh token in an answer that nobody read.
struct OutcomeUnknown {
  Trouble trouble;
  std::optional<absl::Duration> retry_after;
};

/// How a token call ended. Closed: readers visit every case, none by default.
using RedeemResult = std::variant<Granted, Dead, Misconfigured, Throttled,
                                  Transient, OutcomeUnknown>;

/// What a user at another device is shown, and what their answer is asked after
/// with (RFC 8628 section 3.2).
struct DeviceAuthorization {
  Secret device_code;
  Secret user_code;
  std::string verification_uri;
  /// With the user code in it; empty where the provider gives none.
  Secret verification_uri_complete;
  /// Counted from before the request was sent.
  absl::Time expiry;
  /// The least time between two polls.
  absl::Duration interval;
};

/// How the request for a device code ended; never Granted.
using DeviceBeginResult = std::variant<DeviceAuthorization, RedeemResult>;

/// The user has not answered yet.
struct DevicePending {};
/// Nor have they, and polls come too often.
struct DeviceSlowDown {};
/// The user said no.
struct DeviceDeclined {};
/// The device code's time is over.
struct DeviceExpired {};
/// The user's data is at another of the provider's data centres: ask there.
struct DeviceElsewhere {
  DataCenter data_center;
};

/// How a poll for a device's consent ended (RFC 8628 section 3.5). Closed, too.
using DevicePollResult =
    std::variant<DevicePending, DeviceSlowDown, DeviceDeclined, DeviceExpired,
                 DeviceElsewhere, RedeemResult>;

/// How a revocation ended (RFC 7009 section 2.2).
enum class RevokeResult {
  kConfirmed,
  kUnknownToProvider,  ///< The provider did not know the token: as good.
  kRefused,  ///< Not supported, or not for this client: no use trying.
  kTryAgain,
};

class Upstream {
 public:
  using RedeemDone = absl::AnyInvocable<void(RedeemResult)>;
  using RevokeDone = absl::AnyInvocable<void(RevokeResult)>;
  using DeviceBegun = absl::AnyInvocable<void(DeviceBeginResult)>;
  using DevicePolled = absl::AnyInvocable<void(DevicePollResult)>;

  virtual ~Upstream() = default;

  /// Where to send the browser (RFC 6749 sections 4.1.1 and 4.2.1), with the
  /// S256 challenge of `verifier` if there is one and the provider takes it
  /// (RFC 7636 section 4.3).
  virtual std::string AuthorizationUrl(const ClientIdentity& client,
                                       const Scopes& scopes,
                                       const Secret& state,
                                       const Secret& verifier) const = 0;

  /// What a fragment that came at `now` brings, by the rules for the token
  /// endpoint's answers; never a refresh token. Asks nobody.
  virtual RedeemResult ReadFragment(const ClientIdentity& client,
                                    const FragmentToken& token,
                                    absl::Time now) const = 0;

  /// Exchanges an authorization code (RFC 6749 section 4.1.3).
  virtual void RedeemCode(const ClientIdentity& client,
                          const CodeExchange& exchange, RedeemDone done) = 0;

  /// Redeems a refresh token (RFC 6749 section 6).
  virtual void RedeemRefreshToken(const ClientIdentity& client,
                                  const Secret& refresh_token,
                                  const Scopes& scopes, RedeemDone done) = 0;

  /// Asks for a token of the client's own (RFC 6749 section 4.4), in the name
  /// of `organization` unless that is empty. Never ends Dead, for nothing was
  /// redeemed, nor with a refresh token (section 4.4.3).
  virtual void RequestClientCredentials(const ClientIdentity& client,
                                        const Scopes& scopes,
                                        const std::string& organization,
                                        RedeemDone done) = 0;

  /// Revokes a refresh token (RFC 7009).
  virtual void Revoke(const ClientIdentity& client, const Secret& refresh_token,
                      RevokeDone done) = 0;

  /// Asks for a device code and a code for the user (RFC 8628 section 3.1).
  virtual void BeginDevice(const ClientIdentity& client, const Scopes& scopes,
                           DeviceBegun done) = 0;

  /// Redeems a device code, if the user has consented (RFC 8628 section 3.4).
  virtual void PollDevice(const ClientIdentity& client,
                          const Secret& device_code, DevicePolled done) = 0;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_UPSTREAM_H_
