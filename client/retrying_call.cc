#include "client/retrying_call.h"

#include <optional>
#include <utility>

#include "absl/random/random.h"
#include "absl/time/time.h"
#include "client/status.h"

namespace bursar::client {
namespace {

double RandomFraction() {
  thread_local absl::InsecureBitGen bits;
  return absl::Uniform(bits, 0.0, 1.0);
}

thread_local bool in_callback = false;

std::chrono::system_clock::time_point Later(
    std::chrono::steady_clock::duration delay) {
  return std::chrono::system_clock::now() + delay;
}

}  // namespace

RetryingCall::RetryingCall(Deadline deadline, const RetryPolicy* policy,
                           Attempt attempt, Done done)
    : deadline_(deadline),
      repeats_(policy != nullptr),
      policy_(policy != nullptr ? *policy : RetryPolicy()),
      attempt_(std::move(attempt)),
      done_(std::move(done)) {}

void RetryingCall::Start() {
  auto context = std::make_unique<grpc::ClientContext>();
  context->set_deadline(Later(deadline_ - std::chrono::steady_clock::now()));
  grpc::ClientContext* const running = context.get();
  {
    const std::lock_guard lock(mutex_);
    if (cancelled_) running->TryCancel();
    context_ = std::move(context);
  }
  ++attempts_;
  attempt_(running, [self = shared_from_this()](const grpc::Status& status) {
    self->OnAnswer(status);
  });
}

void RetryingCall::Cancel() {
  const std::lock_guard lock(mutex_);
  cancelled_ = true;
  if (context_) context_->TryCancel();
  if (alarm_) alarm_->Cancel();
}

void RetryingCall::OnAnswer(const grpc::Status& status) {
  absl::Status result = ToStatus(status);
  if (repeats_ && !result.ok()) {
    const std::optional<absl::Duration> delay = NextAttempt(
        policy_, result, attempts_,
        absl::FromChrono(deadline_ - std::chrono::steady_clock::now()),
        RandomFraction());
    if (delay.has_value()) return Pause(*delay);
  }
  in_callback = true;
  done_(std::move(result));
  in_callback = false;
}

bool RetryingCall::InCallback() { return in_callback; }

void RetryingCall::Pause(absl::Duration delay) {
  const std::lock_guard lock(mutex_);
  alarm_ = std::make_unique<grpc::Alarm>();
  alarm_->Set(Later(absl::ToChronoNanoseconds(delay)),
              [self = shared_from_this()](bool) { self->Resume(); });
  if (cancelled_) alarm_->Cancel();
}

void RetryingCall::Resume() {
  {
    // The alarm's callback holds this object: they would keep each other.
    const std::lock_guard lock(mutex_);
    alarm_ = nullptr;
  }
  Start();
}

}  // namespace bursar::client
