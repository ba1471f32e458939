#include "server/rpc/keys_service.h"

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "bursar/v1/keys.pb.h"
#include "server/core/reason.h"
#include "server/messages/times.h"

namespace bursar {
namespace {

// No message to Keys says anything.
constexpr auto kAnything = [](auto&) -> absl::StatusOr<std::monostate> {
  return std::monostate();
};

v1::KeyRotation::State StateOf(KeyRotationProgress::State state) {
  switch (state) {
    case KeyRotationProgress::State::kCounting:
      return v1::KeyRotation::COUNTING;
    case KeyRotationProgress::State::kResealing:
      return v1::KeyRotation::RESEALING;
    case KeyRotationProgress::State::kEnded:
      return v1::KeyRotation::ENDED;
  }
  return v1::KeyRotation::STATE_UNSPECIFIED;
}

v1::KeyRotation RotationOf(const KeyRotationProgress& progress) {
  v1::KeyRotation rotation;
  rotation.set_state(StateOf(progress.state));
  *rotation.mutable_begin_time() = ToProto(progress.begun);
  rotation.set_resealed(progress.resealed);
  rotation.set_remaining(progress.remaining);
  rotation.set_unopened(progress.unopened);
  return rotation;
}

v1::ListKeysResponse Listed(const std::vector<std::string>& ring,
                            SealedCounts counts) {
  v1::ListKeysResponse response;
  for (const std::string& id : ring) {
    v1::Key& key = *response.add_keys();
    key.set_id(id);
    key.set_primary(id == ring.front());
    key.set_values(counts[id]);
    counts.erase(id);
  }
  for (const auto& [id, count] : counts) {
    v1::Key& key = *response.add_keys();
    key.set_id(id);
    key.set_lost(true);
    key.set_values(count);
  }
  return response;
}

}  // namespace

grpc::ServerUnaryReactor* KeysService::ListKeys(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return edge_.Serve<v1::ListKeysRequest, v1::ListKeysResponse>(
      {"Keys.ListKeys", context, request, response}, kAnything,
      [this](std::monostate, const Call&, Reply<v1::ListKeysResponse> reply) {
        keys_.census.Take([this, reply = std::move(reply)](
                              absl::StatusOr<SealedCounts> counts) mutable {
          if (!counts.ok()) return reply.Refuse(counts.status());
          reply.Send(Listed(keys_.sealer.KeyIds(), *std::move(counts)));
        });
      });
}

grpc::ServerUnaryReactor* KeysService::RotateKeys(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return edge_.Serve<v1::RotateKeysRequest, v1::KeyRotation>(
      {"Keys.RotateKeys", context, request, response}, kAnything,
      [this](std::monostate, const Call& call, Reply<v1::KeyRotation> reply) {
        keys_.rotation.Begin(
            keys_.source, call.actor, call.now,
            [reply = std::move(reply)](
                const absl::StatusOr<KeyRotationProgress>& begun) mutable {
              if (!begun.ok()) return reply.Refuse(begun.status());
              reply.Send(RotationOf(*begun));
            });
      });
}

grpc::ServerUnaryReactor* KeysService::GetKeyRotation(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return edge_.Serve<v1::GetKeyRotationRequest, v1::KeyRotation>(
      {"Keys.GetKeyRotation", context, request, response}, kAnything,
      [this](std::monostate, const Call&, Reply<v1::KeyRotation> reply) {
        const auto progress = keys_.rotation.Progress();
        if (progress) return reply.Send(RotationOf(*progress));
        reply.Refuse(NotFound("key_rotation",
                              "no keys were rotated since this server started: "
                              "begin with Keys.RotateKeys"));
      });
}

}  // namespace bursar
