// A ThreadExecutor that can be stopped while tasks still come: they are
// dropped, like those that wait. Thread-safe.

#ifndef BURSAR_SERVER_MAIN_CLOSABLE_EXECUTOR_H_
#define BURSAR_SERVER_MAIN_CLOSABLE_EXECUTOR_H_

#include <memory>
#include <mutex>

#include "absl/time/time.h"
#include "server/base/executor.h"

namespace bursar {

class ClosableExecutor final : public Executor {
 public:
  ClosableExecutor() : inner_(std::make_unique<ThreadExecutor>()) {}

  /// Returns once no task runs, and none will.
  void Close();

  void After(absl::Duration delay, Task task) override;

 private:
  std::mutex mutex_;
  std::unique_ptr<ThreadExecutor>
      inner_;  // Guarded by mutex_; null at the end.
};

}  // namespace bursar

#endif  // BURSAR_SERVER_MAIN_CLOSABLE_EXECUTOR_H_
