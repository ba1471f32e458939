// The thread behind a TokenClient: owns the service, looks for tokens to fetch
// ahead of need, and is where the service and its channel end. gRPC joins its
// callback threads when the process's last channel goes, so a channel must
// never go on one of them, as it would if the last callback owned it.
// Thread-safe.

#ifndef BURSAR_CLIENT_SERVICE_THREAD_H_
#define BURSAR_CLIENT_SERVICE_THREAD_H_

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "absl/time/time.h"
#include "client/token_service.h"

namespace bursar::client {

class ServiceThread {
 public:
  ServiceThread(std::unique_ptr<TokenService> service,
                absl::Duration sweep_interval);

  /// Cancels what is under way and waits until its callbacks have run; inside
  /// one of them it does not wait.
  ~ServiceThread();

  TokenService& service() const { return *lease_; }

 private:
  // Outlives this object where its end is not waited for.
  struct End {
    std::mutex mutex;
    std::condition_variable changed;
    bool reached = false;  // Guarded by mutex.
  };

  static void Run(std::unique_ptr<TokenService> service,
                  const std::weak_ptr<TokenService>& leases, End& end,
                  absl::Duration sweep_interval);

  const std::shared_ptr<End> end_;
  // Calls under way hold others. With the last of them the end is reached.
  std::shared_ptr<TokenService> lease_;
  std::thread thread_;
};

}  // namespace bursar::client

#endif  // BURSAR_CLIENT_SERVICE_THREAD_H_
