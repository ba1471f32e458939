// The answer to one WatchRevocations: writes what its queue holds, one message
// at a time, until the queue or the call ends. Keeps itself until gRPC is done
// with it. Thread-safe.

#ifndef BURSAR_SERVER_RPC_REVOCATION_STREAM_H_
#define BURSAR_SERVER_RPC_REVOCATION_STREAM_H_

#include <memory>
#include <mutex>
#include <vector>

#include "absl/status/status.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/server_callback.h"
#include "server/core/notice_queue.h"
#include "server/core/revocation_watch.h"
#include "server/core/types.h"

namespace bursar {

class RevocationStream final
    : public grpc::ServerWriteReactor<grpc::ByteBuffer>,
      public std::enable_shared_from_this<RevocationStream> {
 public:
  static std::shared_ptr<RevocationStream> Make();

  /// Exactly one of these must be called, once, when it is known whether the
  /// call is let in. `watch` must outlive the stream.
  void Begin(RevocationWatch& watch, const Actor& subject,
             std::vector<GrantId> held);
  void Refuse(const absl::Status& status);

 private:
  RevocationStream() = default;

  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

  // Goes on to what is next, if anything is, unless a write is under way.
  void Advance();

  // gRPC's hold on this object.
  std::shared_ptr<RevocationStream> self_;
  RevocationWatch::Watching watching_;

  std::mutex mutex_;
  // Guarded by mutex_. No queue: the call was not judged yet, and must not end.
  RevocationWatch::QueuePtr queue_;
  bool cancelled_ = false;
  bool writing_ = false;
  bool finished_ = false;
  // The message that is being written.
  grpc::ByteBuffer message_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_RPC_REVOCATION_STREAM_H_
