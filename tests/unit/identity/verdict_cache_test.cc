#include "server/identity/verdict_cache.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"

namespace bursar {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

TEST(VerdictCacheTest, AVerdictStandsUntilItsEnd) {
  VerdictCache cache(100);
  cache.Put("d", Actor("ann"), kNow + absl::Seconds(5), kNow);
  EXPECT_EQ(**cache.Find("d", kNow + absl::Milliseconds(4999)), Actor("ann"));
  EXPECT_FALSE(cache.Find("d", kNow + absl::Seconds(5)));
}

TEST(VerdictCacheTest, ARefusalIsAVerdict) {
  VerdictCache cache(100);
  cache.Put("d", absl::UnauthenticatedError("no"), kNow + absl::Seconds(5),
            kNow);
  EXPECT_EQ(cache.Find("d", kNow)->status(), absl::UnauthenticatedError("no"));
}

TEST(VerdictCacheTest, OneThatHasEndedIsNotKept) {
  VerdictCache cache(100);
  cache.Put("d", Actor("ann"), kNow, kNow);
  EXPECT_FALSE(cache.Find("d", kNow - absl::Seconds(1)));
}

TEST(VerdictCacheTest, StaysWithinItsBound) {
  VerdictCache cache(32);
  for (int i = 0; i < 1000; ++i) {
    // The first byte decides on the shard.
    cache.Put(absl::StrCat("d", i), Actor("ann"), kNow + absl::Hours(1), kNow);
  }
  int kept = 0;
  for (int i = 0; i < 1000; ++i) {
    kept += cache.Find(absl::StrCat("d", i), kNow).has_value() ? 1 : 0;
  }
  EXPECT_EQ(kept, 2);
}

TEST(VerdictCacheTest, WhatHasEndedMakesRoomFirst) {
  VerdictCache cache(32);
  cache.Put("d-living", Actor("ann"), kNow + absl::Hours(1), kNow);
  cache.Put("d-ended", Actor("bob"), kNow + absl::Seconds(1), kNow);
  cache.Put("d-new", Actor("eve"), kNow + absl::Hours(1),
            kNow + absl::Seconds(1));
  EXPECT_TRUE(cache.Find("d-living", kNow));
  EXPECT_TRUE(cache.Find("d-new", kNow));
}

}  // namespace
}  // namespace bursar
