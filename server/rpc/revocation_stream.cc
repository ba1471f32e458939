#include "server/rpc/revocation_stream.h"

#include <optional>
#include <utility>
#include <variant>

#include "bursar/v1/token_broker.pb.h"
#include "server/messages/tokens.h"
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

void RevocationStream::Begin(RevocationWatch& watch, Executor& executor,
                             const Actor& subject, std::vector<GrantId> held,
                             StillLetIn still_let_in) {
  executor_ = &executor;
  still_let_in_ = std::move(still_let_in);
  auto queue = std::make_shared<NoticeQueue>(
      kMostBehind + held.size(), [weak = weak_from_this()] {
        if (const auto stream = weak.lock()) stream->Advance();
      });
  {
    const std::lock_guard lock(mutex_);
    queue_ = queue;
  }
  watching_ = watch.Watch(subject, std::move(held), std::move(queue));
  LookLater();
  // It may have been cancelled before.
  Advance();
}

void RevocationStream::Refuse(const absl::Status& status) {
  Finish(ToGrpc(status));
}

void RevocationStream::Advance() {
  {
    const std::lock_guard lock(mutex_);
    if (queue_ == nullptr || writing_ || finished_) return;
    if (!end_) TakeNext();
    if (end_ && looking_) return;
    finished_ = end_.has_value();
    if (!finished_ && !writing_) return;
  }
  // Unlocked: gRPC may call back on this stack. Whichever it is, it is the only
  // one under way.
  finished_ ? Finish(*end_) : StartWrite(&message_);
}

void RevocationStream::TakeNext() {
  if (cancelled_) {
    end_ = grpc::Status::CANCELLED;
    return;
  }
  const std::optional<NoticeQueue::Item> item = queue_->Take();
  if (!item) return;
  if (const auto* why = std::get_if<absl::Status>(&*item)) {
    end_ = ToGrpc(*why);
    return;
  }
  message_ = WriteMessage(ToMessage(*item));
  writing_ = true;
}

void RevocationStream::LookLater() {
  executor_->After(kLooksEvery, [weak = weak_from_this()] {
    if (const auto stream = weak.lock()) stream->Look();
  });
}

void RevocationStream::Look() {
  {
    const std::lock_guard lock(mutex_);
    if (finished_) return;
    looking_ = true;
  }
  still_let_in_([self = shared_from_this()](absl::Status status) {
    self->Looked(std::move(status));
  });
}

void RevocationStream::Looked(absl::Status status) {
  {
    const std::lock_guard lock(mutex_);
    looking_ = false;
    if (!status.ok() && !end_) end_ = ToGrpc(status);
  }
  LookLater();
  Advance();
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
