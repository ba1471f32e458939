#include "sandbox/window.h"

namespace bursar::sandbox {

bool Window::Full(const WindowLimit& limit, absl::Time now) {
  while (!times_.empty() && now - times_.front() >= limit.length) {
    if (limit.sliding) {
      times_.pop_front();
    } else {
      times_.clear();
    }
  }
  return limit.count > 0 &&
         times_.size() >= static_cast<std::size_t>(limit.count);
}

void Window::Count(const WindowLimit& limit, absl::Time now) {
  if (limit.count > 0) times_.push_back(now);
}

}  // namespace bursar::sandbox
