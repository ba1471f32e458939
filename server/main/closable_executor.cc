#include "server/main/closable_executor.h"

#include <utility>

namespace bursar {

void ClosableExecutor::Close() {
  std::unique_ptr<ThreadExecutor> ending;
  {
    const std::lock_guard lock(mutex_);
    ending = std::move(inner_);
  }
  // Ends here, unlocked: the task that runs may hand in another.
}

void ClosableExecutor::After(absl::Duration delay, Task task) {
  const std::lock_guard lock(mutex_);
  if (inner_ != nullptr) inner_->After(delay, std::move(task));
}

}  // namespace bursar
