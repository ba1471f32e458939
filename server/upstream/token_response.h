// What a token endpoint's answer means. Pure.

#ifndef BURSAR_SERVER_UPSTREAM_TOKEN_RESPONSE_H_
#define BURSAR_SERVER_UPSTREAM_TOKEN_RESPONSE_H_

#include "absl/time/time.h"
#include "server/core/provider.h"
#include "server/core/upstream.h"
#include "server/upstream/transport.h"

namespace bursar {

/// Reads the answer to a token request (RFC 6749 sections 5.1 and 5.2) by its
/// body before its status, since providers refuse with 200 and 4xx alike. The
/// lifetime counts from `sent`, the instant before the request was sent; a
/// Retry-After date from `now`.
///
/// What the answer does not settle is settled so that no grant is lost:
/// - A refusal with 429 is a throttle whatever else it says: taken for dead by
///   mistake, a grant is gone; taken for throttled by mistake, it waits.
/// - An error name that nobody listed is transient: it says that nothing was
///   granted, and neither kills the grant nor stops the client for every user.
/// - 503 says that the server does not handle requests: transient. 500, 502 and
///   504 say nothing about what happened behind them: outcome unknown.
/// - A success that cannot be read may have rotated the refresh token: outcome
///   unknown. A redirect or a 4xx that cannot be read granted nothing:
///   transient.
/// - A token with no usable lifetime is granted with an expiry at `sent`, so
///   that a rotated refresh token beside it is kept.
RedeemResult ReadTokenAnswer(const HttpAnswer& answer, const Provider& provider,
                             absl::Time sent, absl::Time now);

/// Reads the fragment that a browser brought at `now` by the same rules. A
/// refresh token in it is ignored (RFC 6749 section 4.2.2); what has no usable
/// access token granted nothing: transient.
RedeemResult ReadFragmentToken(const FragmentToken& token,
                               const Provider& provider, absl::Time now);

/// The same for an exchange without an answer: what was certainly not sent
/// changed nothing.
RedeemResult ReadTokenFailure(const HttpFailure& failure);

}  // namespace bursar

#endif  // BURSAR_SERVER_UPSTREAM_TOKEN_RESPONSE_H_
