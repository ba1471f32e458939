// The Authorization header on every call of a channel, or of one call. The
// credentials keep their TokenClient alive. Thread-safe.
//
// They work on channels that hide what they carry (TLS), and on loopback with
// grpc::experimental::LocalCredentials; gRPC refuses them on clear text.

#ifndef BURSAR_CLIENT_CALL_CREDENTIALS_H_
#define BURSAR_CLIENT_CALL_CREDENTIALS_H_

#include <memory>

#include "absl/time/time.h"
#include "client/token_client.h"
#include "client/token_key.h"

namespace grpc {
class CallCredentials;
}  // namespace grpc

namespace bursar::client {

/// Puts a token of `key` that lives at least `min_ttl` into the "authorization"
/// metadata. A call costs no thread while the token is at hand; otherwise one
/// of gRPC's helper threads waits for it.
///
/// Where no token is to be had, gRPC fails the call with UNAVAILABLE whatever
/// the reason, and only its name in the text: ask TokenClient::GetToken for the
/// rest, such as where to send the user.
std::shared_ptr<grpc::CallCredentials> CallCredentials(
    std::shared_ptr<TokenClient> client, TokenKey key,
    absl::Duration min_ttl = absl::Minutes(1));

}  // namespace bursar::client

#endif  // BURSAR_CLIENT_CALL_CREDENTIALS_H_
