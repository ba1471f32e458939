#include "server/web/browser_threads.h"

#include <atomic>
#include <condition_variable>
#include <mutex>

#include "gtest/gtest.h"

namespace bursar {
namespace {

TEST(BrowserThreadsTest, WhatWaitsIsRunBeforeTheEnd) {
  std::atomic<int> run = 0;
  BrowserThreads threads(2);
  for (int i = 0; i < 100; ++i) threads.enqueue([&] { ++run; });
  threads.shutdown();
  EXPECT_EQ(run, 100);
}

TEST(BrowserThreadsTest, ABrowserDoesNotWaitForAnotherWhileThereAreThreads) {
  std::mutex mutex;
  std::condition_variable changed;
  int inside = 0;
  BrowserThreads threads(2);
  for (int i = 0; i < 2; ++i) {
    threads.enqueue([&] {
      std::unique_lock lock(mutex);
      ++inside;
      changed.notify_all();
      // Goes on only when both are in here.
      EXPECT_TRUE(changed.wait_for(lock, std::chrono::seconds(10),
                                   [&] { return inside == 2; }));
    });
  }
  threads.shutdown();
  EXPECT_EQ(inside, 2);
}

TEST(BrowserThreadsTest, NoMoreThreadsThanItMayHave) {
  std::atomic<int> inside = 0;
  std::atomic<int> most = 0;
  BrowserThreads threads(2);
  for (int i = 0; i < 200; ++i) {
    threads.enqueue([&] {
      const int now = ++inside;
      int seen = most;
      while (seen < now && !most.compare_exchange_weak(seen, now)) {
      }
      --inside;
    });
  }
  threads.shutdown();
  EXPECT_LE(most, 2);
}

}  // namespace
}  // namespace bursar
