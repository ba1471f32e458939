// The threads that serve browsers: made when browsers come, gone when they have
// left, for most of the time nobody consents. Owned by the HTTP server that it
// is made for. Thread-safe.

#ifndef BURSAR_SERVER_WEB_BROWSER_THREADS_H_
#define BURSAR_SERVER_WEB_BROWSER_THREADS_H_

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "httplib.h"

namespace bursar {

class BrowserThreads final : public httplib::TaskQueue {
 public:
  /// At most `most` at once.
  explicit BrowserThreads(std::size_t most) : most_(most) {}
  ~BrowserThreads() override { shutdown(); }

  void enqueue(std::function<void()> task) override;

  /// Runs what waits to its end, and ends the threads.
  void shutdown() override;

 private:
  void Work();

  const std::size_t most_;
  std::mutex mutex_;
  std::condition_variable changed_;
  // Guarded by mutex_.
  std::deque<std::function<void()>> waiting_;
  std::vector<std::thread> threads_;
  std::vector<std::thread> ended_;
  std::size_t idle_ = 0;
  bool stopping_ = false;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_WEB_BROWSER_THREADS_H_
