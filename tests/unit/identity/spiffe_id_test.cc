#include "server/identity/spiffe_id.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"

namespace bursar {
namespace {

bool IsFit(absl::string_view id) { return CheckSpiffeId(id).ok(); }

TEST(SpiffeIdTest, AWorkloadsIdIsFit) {
  EXPECT_TRUE(IsFit("spiffe://example.org/calendar"));
  EXPECT_TRUE(IsFit("spiffe://a_b-c.9/ns/prod/sa/Some.Name_1-x"));
  EXPECT_TRUE(IsFit("spiffe://example.org/..."));
}

TEST(SpiffeIdTest, OnlyTheSchemeAsItIsSpelledIsFit) {
  for (const char* id : {"", "example.org/a", "https://example.org/a",
                         "SPIFFE://example.org/a", "spiffe:/example.org/a",
                         "spiffe:example.org/a", " spiffe://example.org/a"}) {
    EXPECT_FALSE(IsFit(id)) << id;
  }
}

TEST(SpiffeIdTest, AMalformedTrustDomainIsUnfit) {
  for (const char* id :
       {"spiffe:///a", "spiffe://Example.org/a", "spiffe://example.org:80/a",
        "spiffe://user@example.org/a", "spiffe://exämple.org/a",
        "spiffe://*.org/a", "spiffe://[::1]/a"}) {
    EXPECT_FALSE(IsFit(id)) << id;
  }
}

TEST(SpiffeIdTest, ATrustDomainByItselfIsNoWorkload) {
  EXPECT_FALSE(IsFit("spiffe://example.org"));
  EXPECT_FALSE(IsFit("spiffe://example.org/"));
}

TEST(SpiffeIdTest, APathWithEmptySegmentsIsUnfit) {
  EXPECT_FALSE(IsFit("spiffe://example.org//a"));
  EXPECT_FALSE(IsFit("spiffe://example.org/a//b"));
  EXPECT_FALSE(IsFit("spiffe://example.org/a/"));
}

TEST(SpiffeIdTest, APathWithRelativeSegmentsIsUnfit) {
  EXPECT_FALSE(IsFit("spiffe://example.org/."));
  EXPECT_FALSE(IsFit("spiffe://example.org/a/../b"));
  EXPECT_FALSE(IsFit("spiffe://example.org/a/.."));
}

TEST(SpiffeIdTest, APathWithOtherCharactersIsUnfit) {
  for (const char* path :
       {"a%2Fb", "a?b", "a#b", "a b", "a;b", "a*", "a\\b", "a:b", "\xc3\xa4"}) {
    EXPECT_FALSE(IsFit(absl::StrCat("spiffe://example.org/", path))) << path;
  }
  EXPECT_FALSE(IsFit(std::string("spiffe://example.org/a\0b", 24)));
}

TEST(SpiffeIdTest, AnIdThatIsTooLongIsUnfit) {
  const std::string start = "spiffe://example.org/";
  EXPECT_TRUE(IsFit(start + std::string(2048 - start.size(), 'a')));
  EXPECT_FALSE(IsFit(start + std::string(2049 - start.size(), 'a')));
  EXPECT_TRUE(IsFit("spiffe://" + std::string(255, 'a') + "/b"));
  EXPECT_FALSE(IsFit("spiffe://" + std::string(256, 'a') + "/b"));
}

}  // namespace
}  // namespace bursar
