#include "server/rpc/token_broker_service.h"

#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "bursar/v1/token_broker.pb.h"
#include "server/core/reason.h"
#include "server/messages/tokens.h"
#include "server/rpc/revocation_stream.h"
#include "server/rpc/validate.h"

namespace bursar {
namespace {

constexpr std::size_t kMaxTokenSize = 8192;
constexpr int kMostWatchedGrants = 4000;

// What GetToken and Refresh have in common.
template <typename Request>
absl::StatusOr<TokenRequest> ValidateCommon(Request& request) {
  auto key = ReadTokenKey(request);
  if (!key.ok()) return key.status();
  std::optional<google::protobuf::Duration> given;
  if (request.has_min_ttl()) given = request.min_ttl();
  auto min_ttl = ReadMinTtl("min_ttl", given);
  if (!min_ttl.ok()) return min_ttl.status();
  return TokenRequest{*std::move(key), *min_ttl, std::nullopt, Actor()};
}

absl::StatusOr<TokenRequest> ValidateGetToken(v1::GetTokenRequest& request) {
  return ValidateCommon(request);
}

absl::StatusOr<FailedToken> ReadFailed(v1::RefreshRequest& request) {
  switch (request.failed_case()) {
    case v1::RefreshRequest::kFailedGeneration: {
      if (request.failed_generation() < 1) {
        return FieldInvalid("failed_generation", "must be at least 1");
      }
      auto grant = ReadGrantId("grant", *request.mutable_grant());
      if (!grant.ok()) return grant.status();
      return FailedGeneration{*std::move(grant), request.failed_generation()};
    }
    case v1::RefreshRequest::kFailedAccessToken: {
      auto token =
          ReadSecret("failed_access_token",
                     *request.mutable_failed_access_token(), kMaxTokenSize);
      if (!token.ok()) return token.status();
      return std::make_shared<const Secret>(*std::move(token));
    }
    case v1::RefreshRequest::FAILED_NOT_SET:
      break;
  }
  return FieldInvalid("failed", "is required: a generation or an access token");
}

absl::StatusOr<TokenRequest> ValidateRefresh(v1::RefreshRequest& request) {
  absl::StatusOr<TokenRequest> result = ValidateCommon(request);
  if (!result.ok()) return result;
  absl::StatusOr<FailedToken> failed = ReadFailed(request);
  if (!failed.ok()) return failed.status();
  result->failed = *std::move(failed);
  return result;
}

absl::StatusOr<Revocation::Target> ValidateRevoke(v1::RevokeRequest& request) {
  switch (request.target_case()) {
    case v1::RevokeRequest::kGrant:
      return ReadGrantId("grant", *request.mutable_grant());
    case v1::RevokeRequest::kUserAndClient: {
      auto& pair = *request.mutable_user_and_client();
      auto user = ReadUser("user_and_client.user", *pair.mutable_user());
      if (!user.ok()) return user.status();
      auto client =
          ReadClientName("user_and_client.client", *pair.mutable_client());
      if (!client.ok()) return client.status();
      return std::pair(*std::move(user), *std::move(client));
    }
    case v1::RevokeRequest::kUser:
      return ReadUser("user", *request.mutable_user());
    case v1::RevokeRequest::kClient:
      return ReadClientName("client", *request.mutable_client());
    case v1::RevokeRequest::kToken: {
      auto token = ReadSecret("token", *request.mutable_token(), kMaxTokenSize);
      if (!token.ok()) return token.status();
      return std::make_shared<const Secret>(*std::move(token));
    }
    case v1::RevokeRequest::TARGET_NOT_SET:
      break;
  }
  return FieldInvalid("target", "is required: name what to revoke");
}

absl::StatusOr<std::vector<GrantId>> ValidateWatch(
    v1::WatchRevocationsRequest& request) {
  if (request.grants_size() > kMostWatchedGrants) {
    return FieldInvalid("grants",
                        absl::StrCat("must be at most ", kMostWatchedGrants));
  }
  std::vector<GrantId> held;
  held.reserve(static_cast<std::size_t>(request.grants_size()));
  for (int i = 0; i < request.grants_size(); ++i) {
    auto grant = ReadGrantId(absl::StrCat("grants[", i, "]"),
                             *request.mutable_grants(i));
    if (!grant.ok()) return grant.status();
    held.push_back(*std::move(grant));
  }
  return held;
}

// Gets a token and answers with it, on this stack if it is cached.
template <typename Response>
auto Answer(TokenSource& tokens) {
  return [&tokens](TokenRequest request, const Call& call,
                   Reply<Response> reply) {
    request.actor = call.actor;
    request.is_bound = call.is_bound;
    tokens.Get(
        request, call.now,
        [reply = std::move(reply)](TokenSource::Answer answer) mutable {
          if (!answer.ok()) return reply.Refuse(answer.status());
          MessageArena arena;
          auto& response = arena.Make<Response>();
          // The arena owns both.
          response.unsafe_arena_set_allocated_token(&ToProto(**answer, arena));
          reply.Send(response);
        });
  };
}

}  // namespace

grpc::ServerUnaryReactor* TokenBrokerService::GetToken(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return edge_.Serve<v1::GetTokenRequest, v1::GetTokenResponse>(
      {"TokenBroker.GetToken", context, request, response}, ValidateGetToken,
      Answer<v1::GetTokenResponse>(tokens_));
}

grpc::ServerUnaryReactor* TokenBrokerService::Refresh(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return edge_.Serve<v1::RefreshRequest, v1::RefreshResponse>(
      {"TokenBroker.Refresh", context, request, response}, ValidateRefresh,
      Answer<v1::RefreshResponse>(tokens_));
}

grpc::ServerUnaryReactor* TokenBrokerService::Revoke(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return edge_.Serve<v1::RevokeRequest, v1::RevokeResponse>(
      {"TokenBroker.Revoke", context, request, response}, ValidateRevoke,
      [this](Revocation::Target target, const Call& call,
             Reply<v1::RevokeResponse> reply) {
        revocation_.Revoke(
            std::move(target), call.actor, call.now,
            [reply = std::move(reply)](
                absl::StatusOr<std::vector<GrantId>> revoked) mutable {
              if (!revoked.ok()) return reply.Refuse(revoked.status());
              v1::RevokeResponse answer;
              for (const GrantId& grant : *revoked) {
                answer.add_revoked_grants(grant.value());
              }
              reply.Send(answer);
            });
      });
}

grpc::ServerWriteReactor<grpc::ByteBuffer>*
TokenBrokerService::WatchRevocations(grpc::CallbackServerContext* context,
                                     const grpc::ByteBuffer* request) {
  const std::shared_ptr<RevocationStream> stream = RevocationStream::Make();
  edge_.Receive<v1::WatchRevocationsRequest>(
      {"TokenBroker.WatchRevocations", context, request, nullptr},
      ValidateWatch,
      [this, stream, context](absl::StatusOr<std::vector<GrantId>> held,
                              const Call& call, const CallerLimits::Pass&) {
        if (!held.ok()) return stream->Refuse(held.status());
        // Without the pass: each of a service's processes watches all the time,
        // and must not be in the way of what they ask. The watch has bounds of
        // its own.
        stream->Begin(watch_, executor_, call.actor, *std::move(held),
                      [this, context, actor = call.actor](
                          absl::AnyInvocable<void(absl::Status)> told) {
                        edge_.JudgeAgain(*context, actor, std::move(told));
                      });
      });
  return stream.get();
}

}  // namespace bursar
