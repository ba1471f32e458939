// One call to the broker, repeated as RetryPolicy says until it succeeds, fails
// for good, or its deadline comes. Nobody's thread waits: attempts and pauses
// are callbacks. Keeps itself alive until it is done. Thread-safe.

#ifndef BURSAR_CLIENT_RETRYING_CALL_H_
#define BURSAR_CLIENT_RETRYING_CALL_H_

#include <grpcpp/alarm.h>
#include <grpcpp/client_context.h>
#include <grpcpp/support/status.h>

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "client/retry_policy.h"

namespace bursar::client {

class RetryingCall : public std::enable_shared_from_this<RetryingCall> {
 public:
  using Deadline = std::chrono::steady_clock::time_point;
  using Answered = std::function<void(grpc::Status)>;
  /// Starts one attempt. Its request and response belong to whoever gave it.
  using Attempt = absl::AnyInvocable<void(grpc::ClientContext*, Answered)>;
  /// Called once, on one of gRPC's threads.
  using Done = absl::AnyInvocable<void(absl::Status)>;

  /// Nothing is repeated without a `policy`.
  RetryingCall(Deadline deadline, const RetryPolicy* policy, Attempt attempt,
               Done done);

  /// To be called once.
  void Start();

  /// Ends the call with CANCELLED, if it has not ended; before Start too.
  void Cancel();

  /// Whether this thread is running some call's Done.
  static bool InCallback();

 private:
  void OnAnswer(const grpc::Status& status);
  void Pause(absl::Duration delay);
  void Resume();

  const Deadline deadline_;
  const bool repeats_;
  const RetryPolicy policy_;
  // Used by one attempt after the other, never by two at once. Declared before
  // the context, which refers to the channel that done_ may be the last to
  // keep.
  Attempt attempt_;
  Done done_;
  int attempts_ = 0;

  std::mutex mutex_;
  // Guarded by mutex_: the running attempt, the running pause. Each attempt and
  // each pause has a new one, for the old one's callback may not have returned.
  std::unique_ptr<grpc::ClientContext> context_;
  std::unique_ptr<grpc::Alarm> alarm_;
  bool cancelled_ = false;
};

}  // namespace bursar::client

#endif  // BURSAR_CLIENT_RETRYING_CALL_H_
