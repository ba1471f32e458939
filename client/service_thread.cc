#include "client/service_thread.h"

#include <utility>

#include "client/retrying_call.h"

namespace bursar::client {

ServiceThread::ServiceThread(std::unique_ptr<TokenService> service,
                             absl::Duration sweep_interval)
    : end_(std::make_shared<End>()),
      lease_(service.get(), [end = end_](TokenService*) {
        const std::lock_guard lock(end->mutex);
        end->reached = true;
        end->changed.notify_one();
      }) {
  thread_ =
      std::thread([service = std::move(service), leases = std::weak_ptr(lease_),
                   end = end_, sweep_interval]() mutable {
        Run(std::move(service), leases, *end, sweep_interval);
      });
}

ServiceThread::~ServiceThread() {
  lease_->Close();
  lease_ = nullptr;
  if (RetryingCall::InCallback()) {
    thread_.detach();
  } else {
    thread_.join();
  }
}

void ServiceThread::Run(std::unique_ptr<TokenService> service,
                        const std::weak_ptr<TokenService>& leases, End& end,
                        absl::Duration sweep_interval) {
  std::unique_lock lock(end.mutex);
  while (!end.changed.wait_for(lock, absl::ToChronoNanoseconds(sweep_interval),
                               [&end] { return end.reached; })) {
    // Giving a lease back takes the lock.
    lock.unlock();
    if (const auto lease = leases.lock()) lease->Sweep();
    lock.lock();
  }
  lock.unlock();
  service = nullptr;
}

}  // namespace bursar::client
