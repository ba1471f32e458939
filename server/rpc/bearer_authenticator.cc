#include "server/rpc/bearer_authenticator.h"

#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "server/rpc/door.h"

namespace bursar {
namespace {

constexpr absl::string_view kScheme = "Bearer ";

// The token that is shown; nothing without any authorization. Fails for one
// that is not understood: whoever shows a credential means it to be looked at.
absl::StatusOr<std::optional<absl::string_view>> ShownToken(
    const grpc::ServerContextBase& context) {
  const auto& metadata = context.client_metadata();
  const auto [first, last] = metadata.equal_range("authorization");
  if (first == last) return std::nullopt;
  const absl::string_view value(first->second.data(), first->second.size());
  if (std::next(first) != last) {
    return absl::InvalidArgumentError("it shows two authorizations");
  }
  // RFC 9110 section 11.1: in upper or lower case.
  if (!absl::StartsWithIgnoreCase(value, kScheme)) {
    return absl::InvalidArgumentError("its authorization is no bearer token");
  }
  return value.substr(kScheme.size());
}

}  // namespace

std::optional<Authenticator::Verdict> BearerAuthenticator::AtHand(
    grpc::ServerContextBase& context, absl::Time now) {
  const auto token = ShownToken(context);
  if (!token.ok()) {
    return refusals_.Refuse(context.peer(), ShownCredential::kBearer,
                            token.status().message(), now);
  }
  if (!*token) return transport_.AtHand(context, now);
  const auto transport = TransportCaller(context, now);
  if (!transport.ok()) {
    return refusals_.Refuse(context.peer(), ShownCredential::kCertificate,
                            transport.status().message(), now);
  }
  std::optional<Verdict> verdict = tokens_.AtHand(**token, now);
  if (verdict && !verdict->ok()) {
    return refusals_.Refuse(context.peer(), ShownCredential::kBearer,
                            verdict->status().message(), now);
  }
  return verdict;
}

void BearerAuthenticator::Find(grpc::ServerContextBase& context, absl::Time now,
                               Done done) {
  const auto token = ShownToken(context);
  // AtHand has seen to all that is not a token.
  const absl::string_view text = token.ok() && *token ? **token : "";
  tokens_.Find(
      text, now,
      [this, &context, now, done = std::move(done)](Verdict verdict) mutable {
        if (verdict.ok()) return done(std::move(verdict));
        done(refusals_.Refuse(context.peer(), ShownCredential::kBearer,
                              verdict.status().message(), now));
      });
}

}  // namespace bursar
