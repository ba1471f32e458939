#include "server/rpc/api_keys_service.h"

#include <optional>
#include <string>
#include <utility>

#include "bursar/v1/api_keys.pb.h"
#include "server/core/reason.h"
#include "server/messages/times.h"
#include "server/rpc/ledger_answer.h"
#include "server/rpc/listing.h"
#include "server/rpc/validate.h"

namespace bursar {
namespace {

constexpr absl::Duration kDefaultLife = absl::Hours(90 * 24);
constexpr absl::Duration kShortestLife = absl::Minutes(1);
constexpr absl::Duration kLongestLife = absl::Hours(731 * 24);

struct NewApiKey {
  std::string name;
  absl::Duration life;
};

v1::ApiKey MessageOf(const ApiKey& key) {
  v1::ApiKey message;
  message.set_id(key.id.value());
  message.set_name(key.name);
  message.set_creator(key.actor.value());
  *message.mutable_create_time() = ToProto(key.created);
  *message.mutable_expire_time() = ToProto(key.expiry);
  if (key.last_used) *message.mutable_last_use_time() = ToProto(*key.last_used);
  if (key.revoked) *message.mutable_revoke_time() = ToProto(*key.revoked);
  return message;
}

absl::StatusOr<NewApiKey> ReadNewApiKey(v1::CreateApiKeyRequest& request) {
  // The rule for clients' names is a good one for these.
  auto name = ReadClientName("name", *request.mutable_name());
  if (!name.ok()) return name.status();
  if (!request.has_ttl()) return NewApiKey{name->value(), kDefaultLife};
  const std::optional<absl::Duration> life = ReadDuration(request.ttl());
  if (!life || *life < kShortestLife || *life > kLongestLife) {
    return FieldInvalid("ttl", "must be a minute to 731 days");
  }
  return NewApiKey{name->value(), *life};
}

absl::StatusOr<Listing> ReadApiKeyListing(v1::ListApiKeysRequest& request) {
  return ReadListing(request);
}

absl::StatusOr<ApiKeyId> ReadApiKeyId(v1::RevokeApiKeyRequest& request) {
  auto id = ReadPrintable("id", *request.mutable_id(), 128);
  if (!id.ok()) return id.status();
  return ApiKeyId(*std::move(id));
}

}  // namespace

grpc::ServerUnaryReactor* ApiKeysService::CreateApiKey(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return edge_.Serve<v1::CreateApiKeyRequest, v1::CreateApiKeyResponse>(
      {"ApiKeys.CreateApiKey", context, request, response}, ReadNewApiKey,
      [this](const NewApiKey& asked, const Call& call, auto reply) {
        api_keys_.Create(asked.name, asked.life, call.actor, call.now,
                         [reply = std::move(reply)](
                             absl::StatusOr<ApiKeys::Made> made) mutable {
                           if (!made.ok()) return reply.Refuse(made.status());
                           v1::CreateApiKeyResponse answer;
                           *answer.mutable_api_key() = MessageOf(made->key);
                           answer.set_key(std::string(made->text.Expose()));
                           reply.Send(answer);
                           Wipe(*answer.mutable_key());
                         });
      });
}

grpc::ServerUnaryReactor* ApiKeysService::ListApiKeys(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return edge_.Serve<v1::ListApiKeysRequest, v1::ListApiKeysResponse>(
      {"ApiKeys.ListApiKeys", context, request, response}, ReadApiKeyListing,
      [this](Listing asked, const Call&, auto reply) {
        AnswerReading<v1::ListApiKeysResponse>(
            journal_,
            [asked = std::move(asked)](Ledger& ledger) {
              return ToResponse<v1::ListApiKeysResponse>(
                  ledger.api_keys().List(asked.page), asked,
                  [](auto& page, const ApiKey& key) {
                    *page.add_api_keys() = MessageOf(key);
                  });
            },
            std::move(reply));
      });
}

grpc::ServerUnaryReactor* ApiKeysService::RevokeApiKey(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return edge_.Serve<v1::RevokeApiKeyRequest, v1::ApiKey>(
      {"ApiKeys.RevokeApiKey", context, request, response}, ReadApiKeyId,
      [this](const ApiKeyId& id, const Call& call, auto reply) {
        api_keys_.Revoke(id, call.actor, call.now,
                         [id, reply = std::move(reply)](
                             absl::StatusOr<ApiKey> revoked) mutable {
                           if (!revoked.ok()) {
                             return reply.Refuse(Explain(
                                 revoked.status(), "api_key", id.value()));
                           }
                           reply.Send(MessageOf(*revoked));
                         });
      });
}

}  // namespace bursar
