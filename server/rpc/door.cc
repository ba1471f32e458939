#include "server/rpc/door.h"

#include "absl/status/status.h"

namespace bursar {
namespace {

class ContextAtDoor final : public grpc::CallbackServerContext {
 public:
  explicit ContextAtDoor(Door& door) : door_(door) {}

  Door& door() const { return door_; }

 private:
  Door& door_;
};

class ContextsAtDoor final : public grpc::ContextAllocator {
 public:
  explicit ContextsAtDoor(Door& door) : door_(door) {}

  grpc::CallbackServerContext* NewCallbackServerContext() override {
    return new ContextAtDoor(door_);
  }
  // Told of calls of methods that nobody serves too, whose contexts are gRPC's
  // own.
  void Release(grpc::CallbackServerContext* context) override {
    delete dynamic_cast<ContextAtDoor*>(context);
  }

 private:
  Door& door_;
};

}  // namespace

std::unique_ptr<grpc::ContextAllocator> ContextsAt(Door& door) {
  return std::make_unique<ContextsAtDoor>(door);
}

absl::StatusOr<std::optional<Actor>> TransportCaller(
    grpc::ServerContextBase& context, absl::Time now) {
  const auto* at_door = dynamic_cast<const ContextAtDoor*>(&context);
  if (at_door == nullptr) return absl::InternalError("it came in at no door");
  return at_door->door().CallerOf(context, now);
}

}  // namespace bursar
