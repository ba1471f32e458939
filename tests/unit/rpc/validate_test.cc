#include "server/rpc/validate.h"

#include <gtest/gtest.h>

#include <string>

#include "server/core/reason.h"

namespace bursar {
namespace {

// The field that a refusal names; empty if there is none.
template <typename T>
std::string RefusedField(const absl::StatusOr<T>& result) {
  const auto refusal = RefusalOf(result.status());
  return refusal && refusal->reason == Reason::kFieldInvalid ? refusal->field
                                                             : "";
}

bool IsUser(std::string value) { return ReadUser("user", value).ok(); }
bool IsClientName(std::string value) {
  return ReadClientName("client", value).ok();
}
bool IsRedirectUri(std::string value) {
  return ReadRedirectUri("redirect_uri", value).ok();
}
absl::StatusOr<Scopes> ScopesOf(std::vector<std::string> names) {
  RepeatedText values(names.begin(), names.end());
  return ReadScopes("scopes", values);
}
absl::StatusOr<absl::Duration> MinTtl(int64_t seconds, int32_t nanos) {
  google::protobuf::Duration value;
  value.set_seconds(seconds);
  value.set_nanos(nanos);
  return ReadMinTtl("min_ttl", value);
}

TEST(ValidateTest, AUserIsOneTo256BytesOfUtf8) {
  EXPECT_TRUE(IsUser("a"));
  EXPECT_TRUE(IsUser("Zoë, née Łukasz / 7 "));
  EXPECT_TRUE(IsUser(std::string(256, 'u')));
  EXPECT_FALSE(IsUser(""));
  EXPECT_FALSE(IsUser(std::string(257, 'u')));
}

TEST(ValidateTest, AUserHasNoControlCharacters) {
  EXPECT_FALSE(IsUser("a\nb"));
  EXPECT_FALSE(IsUser(std::string("a\0b", 3)));
  EXPECT_FALSE(IsUser("a\x7f"));
  EXPECT_FALSE(IsUser("a\xc2\x85"));  // U+0085, a C1 control.
  EXPECT_TRUE(IsUser("a\xc2\xa0"));   // U+00A0 is none.
}

TEST(ValidateTest, AClientNameIsLowerCaseLettersDigitsAndHyphens) {
  EXPECT_TRUE(IsClientName("calendar-2"));
  EXPECT_TRUE(IsClientName(std::string(63, 'c')));
  for (const char* wrong :
       {"", "2calendar", "-c", "Calendar", "a_b", "a b", "\xc3\xa4"}) {
    EXPECT_FALSE(IsClientName(wrong)) << wrong;
  }
  EXPECT_FALSE(IsClientName(std::string(64, 'c')));
}

TEST(ValidateTest, ScopesAreSortedWithoutRepetitions) {
  const auto scopes = ScopesOf({"b.READ", "a", "b.READ"});
  ASSERT_TRUE(scopes.ok());
  EXPECT_EQ(scopes->names(), (std::vector<std::string>{"a", "b.READ"}));
}

TEST(ValidateTest, AScopeThatIsNoneIsNamedByItsPlace) {
  for (const char* wrong :
       {"", "a b", "a,b", "a\"", "a\\b", "a\tb", "\xc3\xa4"}) {
    EXPECT_EQ(RefusedField(ScopesOf({"good", wrong})), "scopes[1]") << wrong;
  }
  EXPECT_EQ(RefusedField(ScopesOf({std::string(257, 's')})), "scopes[0]");
  EXPECT_TRUE(ScopesOf({std::string(256, 's')}).ok());
}

TEST(ValidateTest, ScopesAreAtMostAHundred) {
  EXPECT_TRUE(ScopesOf(std::vector<std::string>(100, "s")).ok());
  EXPECT_EQ(RefusedField(ScopesOf(std::vector<std::string>(101, "s"))),
            "scopes");
}

TEST(ValidateTest, MinTtlIsAMinuteIfAbsent) {
  EXPECT_EQ(*ReadMinTtl("min_ttl", std::nullopt), absl::Minutes(1));
}

TEST(ValidateTest, MinTtlIsZeroTo24Hours) {
  EXPECT_EQ(*MinTtl(0, 0), absl::ZeroDuration());
  EXPECT_EQ(*MinTtl(1, 500'000'000), absl::Milliseconds(1500));
  EXPECT_EQ(*MinTtl(86'400, 0), absl::Hours(24));
  EXPECT_EQ(RefusedField(MinTtl(86'400, 1)), "min_ttl");
  EXPECT_EQ(RefusedField(MinTtl(-1, 0)), "min_ttl");
  EXPECT_EQ(RefusedField(MinTtl(0, -1)), "min_ttl");
  EXPECT_EQ(RefusedField(MinTtl(INT64_MAX, 0)), "min_ttl");
  EXPECT_EQ(RefusedField(MinTtl(INT64_MIN, 0)), "min_ttl");
}

TEST(ValidateTest, ADurationOfTwoSignsIsNone) {
  EXPECT_EQ(RefusedField(MinTtl(5, -1)), "min_ttl");
  EXPECT_EQ(RefusedField(MinTtl(1, 1'000'000'000)), "min_ttl");
}

TEST(ValidateTest, APageSizeIsZeroTo1000AndZeroMeans100) {
  EXPECT_EQ(*ReadPageSize(0), 100);
  EXPECT_EQ(*ReadPageSize(1000), 1000);
  EXPECT_EQ(RefusedField(ReadPageSize(1001)), "page_size");
  EXPECT_EQ(RefusedField(ReadPageSize(-1)), "page_size");
}

TEST(ValidateTest, ASecretIsTakenAndWiped) {
  std::string value = "hunter2";
  const auto secret = ReadSecret("client_secret", value, 1024);
  ASSERT_TRUE(secret.ok());
  EXPECT_TRUE(*secret == Secret::Copy("hunter2"));
  EXPECT_TRUE(value.empty());
}

TEST(ValidateTest, AnOverlongSecretIsRefusedAndWiped) {
  std::string value(1025, 's');
  EXPECT_EQ(RefusedField(ReadSecret("client_secret", value, 1024)),
            "client_secret");
  EXPECT_TRUE(value.empty());
}

TEST(ValidateTest, ARedirectUriIsAbsoluteHttpWithoutFragment) {
  EXPECT_TRUE(IsRedirectUri("https://app.example/cb?x=1"));
  EXPECT_TRUE(IsRedirectUri("http://127.0.0.1:8080/callback"));
  EXPECT_TRUE(IsRedirectUri("HTTPS://app.example"));
  for (const char* wrong :
       {"", "/callback", "app.example/cb", "https://", "https:///cb",
        "https://?x", "https://:1/", "ftp://a/b", "javascript:alert(1)",
        "https://a/b#c", "https://a/b#", "https://a b/", "https://\xc3\xa4/"}) {
    EXPECT_FALSE(IsRedirectUri(wrong)) << wrong;
  }
  EXPECT_FALSE(IsRedirectUri("https://a/" + std::string(2048, 'x')));
}

TEST(ValidateTest, AFieldThatMayBeLeftOutIsNothingIfEmpty) {
  std::string empty;
  const auto left_out = IfGiven(ReadUser, "user", empty);
  ASSERT_TRUE(left_out.ok());
  EXPECT_FALSE(left_out->has_value());
  std::string wrong = "a\n";
  EXPECT_EQ(RefusedField(IfGiven(ReadUser, "user", wrong)), "user");
}

}  // namespace
}  // namespace bursar
