#include "server/base/executor.h"

#include <algorithm>
#include <barrier>
#include <chrono>
#include <filesystem>
#include <future>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "gmock/gmock.h"

namespace bursar {
namespace {

// Far longer than anything here takes.
constexpr std::chrono::seconds kLong{30};

// Waits until all that is due has run.
void Flush(Executor& executor) {
  std::promise<void> done;
  executor.Post([&done] { done.set_value(); });
  ASSERT_EQ(done.get_future().wait_for(kLong), std::future_status::ready);
}

// The ids of this process's threads.
std::set<std::string> Threads() {
  std::set<std::string> ids;
  for (const auto& thread :
       std::filesystem::directory_iterator("/proc/self/task")) {
    ids.insert(thread.path().filename());
  }
  return ids;
}

TEST(ThreadExecutorTest, HasNoThreadBeforeTheFirstTask) {
  const std::set<std::string> before = Threads();
  ThreadExecutor executor;
  EXPECT_THAT(Threads(), ::testing::IsSubsetOf(before));
}

// Where a new executor runs the tasks of callers that all come at once.
std::set<std::thread::id> ThreadsOfABurst() {
  constexpr int kCallers = 8;
  ThreadExecutor executor;
  std::barrier together(kCallers);
  std::set<std::thread::id> ran_on;
  std::vector<std::jthread> callers;
  callers.reserve(kCallers);
  for (int i = 0; i < kCallers; ++i) {
    callers.emplace_back([&] {
      together.arrive_and_wait();
      executor.Post([&] { ran_on.insert(std::this_thread::get_id()); });
    });
  }
  callers.clear();  // Joins them.
  Flush(executor);
  return ran_on;
}

TEST(ThreadExecutorTest, FirstTasksThatComeTogetherShareOneThread) {
  // Often enough that two callers would meet where a lock were missing.
  for (int round = 0; round < 100; ++round) {
    ASSERT_EQ(ThreadsOfABurst().size(), 1);
  }
}

TEST(ThreadExecutorTest, RunsTasksOnAnotherThread) {
  ThreadExecutor executor;
  std::thread::id ran_on;
  executor.Post([&] { ran_on = std::this_thread::get_id(); });
  Flush(executor);
  EXPECT_NE(ran_on, std::thread::id());
  EXPECT_NE(ran_on, std::this_thread::get_id());
}

TEST(ThreadExecutorTest, RunsTasksOfOneTimeInTheOrderGiven) {
  ThreadExecutor executor;
  std::vector<int> order;
  for (int i = 0; i < 100; ++i) {
    executor.Post([&order, i] { order.push_back(i); });
  }
  Flush(executor);
  ASSERT_EQ(order.size(), 100);
  EXPECT_TRUE(std::is_sorted(order.begin(), order.end()));
}

TEST(ThreadExecutorTest, RunsATaskNoEarlierThanItsDelay) {
  ThreadExecutor executor;
  std::promise<std::chrono::steady_clock::time_point> ran;
  const auto start = std::chrono::steady_clock::now();
  executor.After(absl::Milliseconds(20),
                 [&ran] { ran.set_value(std::chrono::steady_clock::now()); });
  EXPECT_GE(ran.get_future().get() - start, std::chrono::milliseconds(20));
}

TEST(ThreadExecutorTest, SoonerTaskOvertakesALaterOne) {
  ThreadExecutor executor;
  bool later_ran = false;
  executor.After(absl::Hours(1), [&later_ran] { later_ran = true; });
  Flush(executor);
  EXPECT_FALSE(later_ran);
}

TEST(ThreadExecutorTest, EndlessDelayKeepsNobodyElseWaiting) {
  ThreadExecutor executor;
  bool ran = false;
  executor.After(absl::InfiniteDuration(), [&ran] { ran = true; });
  Flush(executor);
  EXPECT_FALSE(ran);
}

TEST(ThreadExecutorTest, TaskMayPostAnother) {
  ThreadExecutor executor;
  std::promise<void> done;
  executor.Post([&] { executor.Post([&done] { done.set_value(); }); });
  EXPECT_EQ(done.get_future().wait_for(kLong), std::future_status::ready);
}

TEST(ThreadExecutorTest, TaskThatWaitsWhenItGoesIsDestroyedWithoutRunning) {
  const auto kept = std::make_shared<int>(0);
  {
    ThreadExecutor executor;
    executor.After(absl::Hours(1), [kept] { ++*kept; });
    EXPECT_EQ(kept.use_count(), 2);
  }
  EXPECT_EQ(*kept, 0);
  EXPECT_EQ(kept.use_count(), 1);
}

TEST(ThreadExecutorTest, WhatATaskHeldMayPostWhenItIsDestroyed) {
  ThreadExecutor executor;
  std::promise<void> done;
  // Would deadlock if the task were destroyed under the executor's lock.
  auto poster = std::shared_ptr<void>(
      nullptr, [&](void*) { executor.Post([&done] { done.set_value(); }); });
  executor.Post([poster = std::move(poster)] {});
  EXPECT_EQ(done.get_future().wait_for(kLong), std::future_status::ready);
}

}  // namespace
}  // namespace bursar
