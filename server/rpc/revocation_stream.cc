#include "server/rpc/revocation_stream.h"

#include <optional>
#include <utility>
#include <variant>

#include "bursar/v1/token_broker.pb.h"
#include "server/rpc/convert.h"
#include "server/rpc/status.h"
#include "server/rpc/wire.h"

namespace bursar {
namespace {

// How many notices a watcher may be behind: those of a few seconds. What it
// holds comes on top, for all of that may be dead when it begins.
constexpr std::size_t kMostBehind = 4096;

v1::RevocationNotice ToMessage(const NoticeQueue::Item& item) {
  v1::RevocationNotice message;
  if (const auto* notice = std::get_if<RevocationNotice>(&item)) {
    *message.mutable_dead_tokens() = ToProto(*notice);
  } else {
    message.mutable_synced();
  }
  return message;
}

}  // namespace

std::shared_ptr<RevocationStream> RevocationStream::Make() {
  std::shared_ptr<RevocationStream> stream(new RevocationStream());
  stream->self_ = stream;
  return stream;
}

void RevocationStream::Begin(RevocationWatch& watch, const Actor& subject,
                             std::vector<GrantId> held) {
  auto queue = std::make_shared<NoticeQueue>(
      kMostBehind + held.size(), [weak = weak_from_this()] {
        if (const auto stream = weak.lock()) stream->Advance();
      });
  {
    const std::lock_guard lock(mutex_);
    queue_ = queue;
  }
  watching_ = watch.Watch(subject, std::move(held), std::move(queue));
  // It may have been cancelled before.
  Advance();
}

void RevocationStream::Refuse(const absl::Status& status) {
  Finish(ToGrpc(status));
}

void RevocationStream::Advance() {
  std::optional<grpc::Status> end;
  {
    const std::lock_guard lock(mutex_);
    if (queue_ == nullptr || writing_ || finished_) return;
    if (cancelled_) {
      end = grpc::Status::CANCELLED;
    } else {
      const std::optional<NoticeQueue::Item> item = queue_->Take();
      if (!item) return;
      if (const auto* why = std::get_if<absl::Status>(&*item)) {
        end = ToGrpc(*why);
      } else {
        message_ = WriteMessage(ToMessage(*item));
      }
    }
    finished_ = end.has_value();
    writing_ = !finished_;
  }
  // Unlocked: gRPC may call back on this stack. Whichever it is, it is the only
  // one under way.
  end ? Finish(*end) : StartWrite(&message_);
}

void RevocationStream::OnWriteDone(bool ok) {
  {
    const std::lock_guard lock(mutex_);
    writing_ = false;
    if (!ok) cancelled_ = true;
  }
  Advance();
}

void RevocationStream::OnCancel() {
  {
    const std::lock_guard lock(mutex_);
    cancelled_ = true;
  }
  Advance();
}

void RevocationStream::OnDone() {
  // The last reference may go with it.
  const std::shared_ptr<RevocationStream> self = std::move(self_);
}

}  // namespace bursar
