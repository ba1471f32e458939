#include "server/rpc/reply.h"

#include "server/core/reason.h"
#include "server/rpc/status.h"
#include "server/rpc/wire.h"

namespace bursar {

AnyReply::~AnyReply() {
  if (reactor_ == nullptr) return;
  Refuse(ToStatus({Reason::kShuttingDown,
                   "this server went down before it could answer: ask another, "
                   "or again",
                   absl::ZeroDuration(),
                   {},
                   {}}));
}

void AnyReply::Refuse(const absl::Status& status) { Finish(ToGrpc(status)); }

void AnyReply::SendMessage(const google::protobuf::Message& message) {
  grpc::ByteBuffer written = WriteMessage(message);
  response_->Swap(&written);
  Finish(grpc::Status::OK);
}

void AnyReply::Finish(const grpc::Status& status) {
  // In this order: the server, and the counter with it, outlives every call
  // that is not finished, and no other.
  ticket_.reset();
  pass_ = CallerLimits::Pass();
  std::exchange(reactor_, nullptr)->Finish(status);
}

}  // namespace bursar
