#include "server/rpc/page_token.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bursar/v1/events.pb.h"
#include "bursar/v1/grants.pb.h"
#include "server/core/reason.h"

namespace bursar {
namespace {

using ::testing::IsEmpty;

v1::ListGrantsRequest GrantsOf(const std::string& user) {
  v1::ListGrantsRequest request;
  request.set_user(user);
  return request;
}

void ExpectRefused(const absl::StatusOr<std::string>& cursor) {
  ASSERT_FALSE(cursor.ok());
  const auto refusal = RefusalOf(cursor.status());
  ASSERT_TRUE(refusal);
  EXPECT_EQ(refusal->reason, Reason::kFieldInvalid);
  EXPECT_EQ(refusal->field, "page_token");
}

TEST(PageTokenTest, GivesBackTheCursorToTheSameQuery) {
  const std::string cursor("at\0row\xff", 7);
  const std::string query = QueryOf(GrantsOf("ada"));
  const auto read = ReadPageToken(query, MakePageToken(query, cursor));
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(*read, cursor);
}

TEST(PageTokenTest, NoCursorIsNoToken) {
  EXPECT_THAT(MakePageToken("query", ""), IsEmpty());
}

TEST(PageTokenTest, NoTokenIsTheFirstPage) {
  EXPECT_EQ(*ReadPageToken("query", ""), "");
}

TEST(PageTokenTest, RefusesATokenOfAnotherFilter) {
  ExpectRefused(
      ReadPageToken(QueryOf(GrantsOf("eve")),
                    MakePageToken(QueryOf(GrantsOf("ada")), "cursor")));
}

TEST(PageTokenTest, RefusesATokenOfAnotherListing) {
  ExpectRefused(
      ReadPageToken(QueryOf(v1::ListEventsRequest()),
                    MakePageToken(QueryOf(v1::ListGrantsRequest()), "cursor")));
}

TEST(PageTokenTest, RefusesGarbage) {
  ExpectRefused(ReadPageToken("query", "!!"));
  ExpectRefused(ReadPageToken("query", "QUJD"));
}

TEST(PageTokenTest, RefusesATokenCutShort) {
  const std::string token = MakePageToken("query", "c");
  ExpectRefused(ReadPageToken("query", token.substr(0, token.size() - 2)));
}

TEST(PageTokenTest, RefusesAnotherSpellingOfAToken) {
  const std::string token = MakePageToken("query", "c");
  ASSERT_EQ(token, "NTpxdWVyeWM");
  for (const char* other :
       {"NTpxdWVyeWM=", "NTpxdWVyeWN", "NTpx dWVyeWM", "NTpxdWVyeWM\n"}) {
    ExpectRefused(ReadPageToken("query", other));
  }
}

TEST(PageTokenTest, ThePageSizeMayChangeBetweenPages) {
  v1::ListGrantsRequest one = GrantsOf("ada");
  one.set_page_size(1);
  v1::ListGrantsRequest two = GrantsOf("ada");
  two.set_page_size(2);
  two.set_page_token("whatever");
  EXPECT_EQ(QueryOf(one), QueryOf(two));
}

TEST(PageTokenTest, IsTheSameAfterARestart) {
  // What an earlier process gave out.
  EXPECT_EQ(MakePageToken(QueryOf(GrantsOf("ada")), "7"),
            "MzM6YnVyc2FyLnYxLkxpc3RHcmFudHNSZXF1ZXN0IBoDYWRhNw");
}

}  // namespace
}  // namespace bursar
