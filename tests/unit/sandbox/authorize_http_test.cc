#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "sandbox/url.h"
#include "tests/unit/sandbox/running_sandbox.h"

namespace bursar::sandbox {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;
using testing::StartsWith;

class AuthorizeTest : public RunningSandbox {
 protected:
  Reply Open(const Form& query) const {
    return Get(
        absl::StrCat("/oauth/v2/auth?",
                     QueryOf(QueryParameters(query.begin(), query.end()))));
  }
};

TEST_F(AuthorizeTest, ThePageSaysInWordsWhatIsAskedFor) {
  auto query = Authorization(Register());
  query["scope"] = "ZohoCliq.Channels.READ,ZohoCliq.Webhooks.CREATE";
  const Reply page = Open(query);
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("See channels in Zoho Cliq"));
  EXPECT_THAT(page.body, HasSubstr("Post messages to conversations"));
}

TEST_F(AuthorizeTest, AcceptedLeadsBackWithCodeStateLocationAndServer) {
  const Reply reply = Decide(Authorization(Register()), "accept");
  EXPECT_EQ(reply.status, 302);
  EXPECT_THAT(reply.location, StartsWith(absl::StrCat(kRedirect, "?")));
  EXPECT_THAT(QueryValue(reply.location, "code"),
              MatchesRegex("1000\\.[0-9a-f]{32}\\.[0-9a-f]{32}"));
  EXPECT_EQ(QueryValue(reply.location, "state"), "opaque%20%26%20odd");
  EXPECT_EQ(QueryValue(reply.location, "location"), "us");
  EXPECT_THAT(QueryValue(reply.location, "accounts-server"),
              StartsWith("http%3A%2F%2F127.0.0.1%3A"));
}

TEST_F(AuthorizeTest, DeclinedLeadsBackWithAccessDenied) {
  const Reply reply = Decide(Authorization(Register()), "reject");
  EXPECT_EQ(reply.status, 302);
  EXPECT_EQ(reply.location, absl::StrCat(kRedirect,
                                         "?error=access_denied&state="
                                         "opaque%20%26%20odd"));
}

TEST_F(AuthorizeTest, APageIsAnsweredOnce) {
  const Reply page = Open(Authorization(Register()));
  EXPECT_EQ(Press(page.body, "accept").status, 302);
  EXPECT_EQ(Press(page.body, "accept").status, 400);
}

TEST_F(AuthorizeTest, AFormWithoutItsTokenIsRefused) {
  EXPECT_EQ(Post("/oauth/v2/auth/decision",
                 {{"user", "ann@example.com"}, {"decision", "accept"}})
                .status,
            400);
}

TEST_F(AuthorizeTest, LoginHintFillsInTheUser) {
  auto query = Authorization(Register());
  query["login_hint"] = "\"zoe\"";
  EXPECT_THAT(Open(query).body, HasSubstr("value=\"&quot;zoe&quot;\""));
}

TEST_F(AuthorizeTest, WhatIsWrongIsAPageAndNoRedirect) {
  const auto good = Authorization(Register());
  const std::pair<const char*, const char*> wrong[] = {
      {"client_id", "1000.NOBODY"},
      {"client_id", ""},
      {"response_type", "token"},
      {"response_type", ""},
      {"redirect_uri", "http://127.0.0.1:1/callback/"},
      {"redirect_uri", ""},
      {"scope", "ZohoCliq.Nothing.READ"},
      {"scope", ""},
      {"access_type", "always"},
  };
  for (const auto& [name, value] : wrong) {
    auto query = good;
    query[name] = value;
    const Reply reply = Open(query);
    EXPECT_EQ(reply.status, 400) << name << "=" << value;
    EXPECT_EQ(reply.location, "");
    EXPECT_THAT(reply.body, HasSubstr("<h1>Invalid"));
  }
}

TEST_F(AuthorizeTest, WhatAClientSendsIsEscapedOnThePage) {
  auto query = Authorization(Register());
  query["scope"] = "<script>alert(1)</script>";
  EXPECT_THAT(Open(query).body, Not(HasSubstr("<script>")));
}

TEST_F(AuthorizeTest, AMobileClientMustSendAChallenge) {
  auto query = Authorization(Register("mobile-based"));
  EXPECT_EQ(Open(query).status, 400);
  query["code_challenge"] = std::string(43, 'c');
  query["code_challenge_method"] = "S256";
  EXPECT_EQ(Open(query).status, 200);
  query["code_challenge_method"] = "S512";
  EXPECT_EQ(Open(query).status, 400);
}

TEST_F(AuthorizeTest, AClientBasedApplicationGetsItsTokenInTheFragment) {
  auto query = Authorization(Register("client-based"));
  EXPECT_EQ(Open(query).status, 400);
  query["response_type"] = "token";
  const Reply reply = Decide(query, "accept");
  EXPECT_THAT(reply.location, StartsWith(absl::StrCat(kRedirect, "#")));
  EXPECT_EQ(QueryValue(reply.location, "expires_in"), "3600");
  EXPECT_EQ(QueryValue(reply.location, "location"), "us");
  EXPECT_NE(QueryValue(reply.location, "api_domain"), "");
  EXPECT_EQ(QueryValue(reply.location, "state"), "opaque%20%26%20odd");
  EXPECT_EQ(Api(QueryValue(reply.location, "access_token")).status, 200);
  EXPECT_EQ(QueryValue(reply.location, "refresh_token"), "");
}

TEST_F(AuthorizeTest, TheEleventhCodeInTenMinutesIsRefusedOnAPage) {
  const auto query = Authorization(Register());
  for (int i = 0; i < 10; ++i) EXPECT_EQ(Decide(query, "accept").status, 302);
  EXPECT_EQ(Decide(query, "accept").status, 400);
  EXPECT_EQ(Counters()["throttled"], 1);
  Advance(600);
  EXPECT_EQ(Decide(query, "accept").status, 302);
}

}  // namespace
}  // namespace bursar::sandbox
