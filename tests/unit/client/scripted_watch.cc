#include "tests/unit/client/scripted_watch.h"

#include <deque>
#include <optional>
#include <utility>

namespace bursar::client {

class ScriptedWatch::Stream final
    : public grpc::ServerWriteReactor<v1::RevocationNotice> {
 public:
  explicit Stream(ScriptedWatch& watch) : watch_(watch) {}

  void Tell(const v1::RevocationNotice& notice) {
    {
      const std::lock_guard lock(mutex_);
      waiting_.push_back(notice);
    }
    Advance();
  }

  void End(const grpc::Status& status) {
    {
      const std::lock_guard lock(mutex_);
      if (!end_) end_ = status;
    }
    Advance();
  }

 private:
  void OnWriteDone(bool) override {
    {
      const std::lock_guard lock(mutex_);
      writing_ = false;
    }
    Advance();
  }
  void OnCancel() override { End(grpc::Status::CANCELLED); }
  void OnDone() override {
    {
      const std::lock_guard lock(watch_.mutex_);
      watch_.streams_.erase(this);
    }
    delete this;
  }

  void Advance() {
    std::optional<grpc::Status> end;
    {
      const std::lock_guard lock(mutex_);
      if (writing_ || finished_) return;
      if (waiting_.empty() && !end_) return;
      if (waiting_.empty()) {
        end = end_;
        finished_ = true;
      } else {
        written_ = waiting_.front();
        waiting_.pop_front();
        writing_ = true;
      }
    }
    end ? Finish(*end) : StartWrite(&written_);
  }

  ScriptedWatch& watch_;
  std::mutex mutex_;
  // Guarded by mutex_.
  std::deque<v1::RevocationNotice> waiting_;
  std::optional<grpc::Status> end_;
  bool writing_ = false;
  bool finished_ = false;
  v1::RevocationNotice written_;
};

void ScriptedWatch::Serve() { Refuse(grpc::Status::OK); }

void ScriptedWatch::Refuse(grpc::Status status) {
  const std::lock_guard lock(mutex_);
  refusal_ = std::move(status);
}

void ScriptedWatch::Synced() {
  v1::RevocationNotice notice;
  notice.mutable_synced();
  Tell(notice);
}

void ScriptedWatch::TellDead(const std::string& grant, int64_t generation) {
  v1::RevocationNotice notice;
  notice.mutable_dead_tokens()->set_grant(grant);
  notice.mutable_dead_tokens()->set_generation(generation);
  Tell(notice);
}

void ScriptedWatch::Tell(const v1::RevocationNotice& notice) {
  // Locked, so that none goes meanwhile.
  const std::lock_guard lock(mutex_);
  for (Stream* stream : streams_) stream->Tell(notice);
}

void ScriptedWatch::End(const grpc::Status& status) {
  const std::lock_guard lock(mutex_);
  for (Stream* stream : streams_) stream->End(status);
}

std::size_t ScriptedWatch::open() const {
  const std::lock_guard lock(mutex_);
  return streams_.size();
}

std::vector<v1::WatchRevocationsRequest> ScriptedWatch::calls() const {
  const std::lock_guard lock(mutex_);
  return calls_;
}

grpc::ServerWriteReactor<v1::RevocationNotice>* ScriptedWatch::Answer(
    const v1::WatchRevocationsRequest& request) {
  auto* stream = new Stream(*this);
  const std::lock_guard lock(mutex_);
  calls_.push_back(request);
  if (refusal_.ok()) {
    streams_.insert(stream);
  } else {
    stream->End(refusal_);
  }
  return stream;
}

}  // namespace bursar::client
