#include "server/core/subject_pattern.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace bursar {
namespace {

using testing::HasSubstr;

bool Matches(const std::string& pattern, const std::string& subject) {
  const auto parsed = ParseSubject(pattern);
  EXPECT_TRUE(parsed.ok()) << pattern << ": " << parsed.status();
  return parsed.ok() && parsed->Matches(subject);
}

TEST(SubjectPatternTest, EachFormMatchesItself) {
  for (const std::string subject :
       {"spiffe://example.org/ns/payments", "dns:admin.example.org",
        "kubernetes:prod/payments/api", "unix:0", "api-key:ci", "anonymous"}) {
    EXPECT_TRUE(Matches(subject, subject)) << subject;
    EXPECT_FALSE(Matches(subject, subject + "x")) << subject;
    EXPECT_FALSE(Matches(subject, subject + "/x")) << subject;
  }
}

TEST(SubjectPatternTest, APrefixEndsAtAPathBoundary) {
  const std::string pattern = "spiffe://example.org/ns/payments/*";
  EXPECT_TRUE(Matches(pattern, "spiffe://example.org/ns/payments/api"));
  EXPECT_TRUE(Matches(pattern, "spiffe://example.org/ns/payments/a/b"));
  EXPECT_FALSE(Matches(pattern, "spiffe://example.org/ns/payments-evil/api"));
  EXPECT_FALSE(Matches(pattern, "spiffe://example.org/ns/paymentsapi"));
}

TEST(SubjectPatternTest, APrefixIsStrictlyBelow) {
  const std::string pattern = "spiffe://example.org/ns/payments/*";
  EXPECT_FALSE(Matches(pattern, "spiffe://example.org/ns/payments"));
  EXPECT_FALSE(Matches(pattern, "spiffe://example.org/ns/payments/"));
}

TEST(SubjectPatternTest, APrefixMayBeANamespaceOfACluster) {
  const std::string pattern = "kubernetes:prod/payments/*";
  EXPECT_TRUE(Matches(pattern, "kubernetes:prod/payments/api"));
  EXPECT_FALSE(Matches(pattern, "kubernetes:prod/payments2/api"));
  EXPECT_FALSE(Matches(pattern, "kubernetes:dev/payments/api"));
}

TEST(SubjectPatternTest, AStarThatLetsInWhomNobodyThoughtOfIsRefused) {
  for (const std::string text :
       {"*", "spiffe://*", "spiffe://example.org/*", "spiffe://*/ns/payments",
        "spiffe://example.org/ns/*/api", "spiffe://example.org/ns/pay*",
        "spiffe://example.org/ns/**", "dns:*.example.org", "dns:*",
        "kubernetes:*", "kubernetes:prod/*", "kubernetes:prod/*/api",
        "kubernetes:*/payments/*", "unix:*", "api-key:*", "anonymous*"}) {
    const absl::Status status = ParseSubject(text).status();
    EXPECT_FALSE(status.ok()) << text;
    EXPECT_THAT(std::string(status.message()),
                testing::AnyOf(HasSubstr("*"), HasSubstr("by number"),
                               HasSubstr("no form")))
        << text;
  }
}

TEST(SubjectPatternTest, WhatIsNoFormOfASubjectIsRefused) {
  for (const std::string text : {"",
                                 "payments",
                                 "spiffe://",
                                 "spiffe://example.org",
                                 "spiffe://example.org/",
                                 "spiffe://example.org//a",
                                 "spiffe://example.org/a/",
                                 "spiffe:///ns/a",
                                 "dns:",
                                 "dns:two words",
                                 "kubernetes:prod",
                                 "kubernetes:prod/payments",
                                 "kubernetes:prod/payments/api/more",
                                 "kubernetes:prod/a/b/*",
                                 "unix:root",
                                 "unix:",
                                 "unix:-1",
                                 "api-key:",
                                 "unix",
                                 "loopback",
                                 "bursard",
                                 "browser",
                                 "Anonymous",
                                 "SPIFFE://example.org/a"}) {
    EXPECT_FALSE(ParseSubject(text).ok()) << text;
  }
}

}  // namespace
}  // namespace bursar
