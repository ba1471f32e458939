// The answer to one WatchRevocations: writes what its queue holds, one message
// at a time, until the queue or the call ends, or the caller's credential is
// not good any more: a stream outlives what made it so. Keeps itself until gRPC
// is done with it. Thread-safe.

#ifndef BURSAR_SERVER_RPC_REVOCATION_STREAM_H_
#define BURSAR_SERVER_RPC_REVOCATION_STREAM_H_

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/server_callback.h"
#include "server/base/executor.h"
#include "server/core/notice_queue.h"
#include "server/core/revocation_watch.h"
#include "server/core/types.h"

namespace bursar {

class RevocationStream final
    : public grpc::ServerWriteReactor<grpc::ByteBuffer>,
      public std::enable_shared_from_this<RevocationStream> {
 public:
  /// Tells why the caller would not be let in now, or OK.
  using StillLetIn =
      std::function<void(absl::AnyInvocable<void(absl::Status)> told)>;

  /// How long a credential that is not good any more may go unnoticed.
  static constexpr absl::Duration kLooksEvery = absl::Seconds(2);

  static std::shared_ptr<RevocationStream> Make();

  /// Exactly one of these must be called, once, when it is known whether the
  /// call is let in. `watch` and `executor` must outlive the stream, and
  /// `still_let_in` is asked while gRPC is not done with it.
  void Begin(RevocationWatch& watch, Executor& executor, const Actor& subject,
             std::vector<GrantId> held, StillLetIn still_let_in);
  void Refuse(const absl::Status& status);

 private:
  RevocationStream() = default;

  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

  // Goes on to what is next, if anything is, unless a write is under way.
  void Advance();
  // Takes what is next, if anything is. Wants mutex_ held.
  void TakeNext();

  // Looks at the caller's credential: later, and now.
  void LookLater();
  void Look();
  void Looked(absl::Status status);

  // gRPC's hold on this object.
  std::shared_ptr<RevocationStream> self_;
  RevocationWatch::Watching watching_;
  // Set before the first look.
  Executor* executor_ = nullptr;
  StillLetIn still_let_in_;

  std::mutex mutex_;
  // Guarded by mutex_. No queue: the call was not judged yet, and must not end.
  RevocationWatch::QueuePtr queue_;
  bool cancelled_ = false;
  bool writing_ = false;
  // The call must not end meanwhile.
  bool looking_ = false;
  // How it is to end.
  std::optional<grpc::Status> end_;
  bool finished_ = false;
  // The message that is being written.
  grpc::ByteBuffer message_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_RPC_REVOCATION_STREAM_H_
