#include "server/core/notice_queue.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "server/core/reason.h"

namespace bursar {
namespace {

RevocationNotice NoticeOfGrant(const std::string& grant) {
  return {GrantId(grant), 1, RevocationNotice::Why::kRevoked,
          absl::UnixEpoch()};
}

std::string GrantIn(const std::optional<NoticeQueue::Item>& item) {
  if (!item || !std::holds_alternative<RevocationNotice>(*item)) return "none";
  return std::get<RevocationNotice>(*item).grant.value();
}

Reason EndIn(const std::optional<NoticeQueue::Item>& item) {
  if (!item || !std::holds_alternative<absl::Status>(*item)) {
    return Reason::kFieldInvalid;
  }
  return RefusalOf(std::get<absl::Status>(*item))->reason;
}

absl::Status ShuttingDown() {
  return ToStatus({Reason::kShuttingDown, "", {}, {}, {}});
}

class NoticeQueueTest : public testing::Test {
 protected:
  int woken_ = 0;
  NoticeQueue queue_{3, [this] { ++woken_; }};
};

TEST_F(NoticeQueueTest, GivesNoticesInTheOrderTheyCameIn) {
  queue_.Tell(NoticeOfGrant("a"));
  queue_.Tell(NoticeOfGrant("b"));
  EXPECT_EQ(GrantIn(queue_.Take()), "a");
  EXPECT_EQ(GrantIn(queue_.Take()), "b");
  EXPECT_FALSE(queue_.Take());
}

TEST_F(NoticeQueueTest, WakesOnlyWhereThereWasNothingBefore) {
  queue_.Tell(NoticeOfGrant("a"));
  queue_.Tell(NoticeOfGrant("b"));
  EXPECT_EQ(woken_, 1);
  while (queue_.Take()) continue;
  queue_.Tell(NoticeOfGrant("c"));
  EXPECT_EQ(woken_, 2);
}

TEST_F(NoticeQueueTest, HoldsAsManyAsItHasRoomFor) {
  for (const char* grant : {"a", "b", "c"}) queue_.Tell(NoticeOfGrant(grant));
  EXPECT_EQ(GrantIn(queue_.Take()), "a");
  queue_.Tell(NoticeOfGrant("d"));
  EXPECT_EQ(GrantIn(queue_.Take()), "b");
}

TEST_F(NoticeQueueTest, OneMoreEndsItRatherThanBeingForgotten) {
  for (const char* grant : {"a", "b", "c", "d"}) {
    queue_.Tell(NoticeOfGrant(grant));
  }
  EXPECT_EQ(EndIn(queue_.Take()), Reason::kWatchFellBehind);
  EXPECT_FALSE(queue_.Take());
}

TEST_F(NoticeQueueTest, TheEndComesBeforeWhatWaits) {
  queue_.Tell(NoticeOfGrant("a"));
  queue_.End(ShuttingDown());
  EXPECT_EQ(EndIn(queue_.Take()), Reason::kShuttingDown);
  EXPECT_FALSE(queue_.Take());
}

TEST_F(NoticeQueueTest, NothingComesAfterTheEnd) {
  queue_.End(ShuttingDown());
  EXPECT_EQ(woken_, 1);
  ASSERT_TRUE(queue_.Take());
  queue_.Tell(NoticeOfGrant("a"));
  queue_.End(absl::OkStatus());
  EXPECT_FALSE(queue_.Take());
  EXPECT_EQ(woken_, 1);
}

}  // namespace
}  // namespace bursar
