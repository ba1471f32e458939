#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

#include "tests/unit/sandbox/running_sandbox.h"

namespace bursar::sandbox {
namespace {

using testing::HasSubstr;
using testing::Not;

class ConsoleTest : public RunningSandbox {
 protected:
  Reply Submit(const std::string& form, Form fields) const {
    fields["form_token"] =
        FieldValue(Get("/developerconsole").body, "form_token");
    return Post("/developerconsole/" + form, fields);
  }

  Reply Add(const std::string& type) const {
    return Submit("clients", {{"name", "<b>App</b>"},
                              {"type", type},
                              {"homepage", "https://app.example.com"},
                              {"redirect_uris", kRedirect}});
  }

  /// What a page shows under `name`.
  static std::string Shown(const Reply& page, const std::string& name) {
    std::smatch match;
    const std::regex shown("<dt>" + name + "</dt><dd><code>([^<]*)</code>");
    return std::regex_search(page.body, match, shown) ? match[1].str() : "";
  }
};

TEST_F(ConsoleTest, EveryTypeOfClientCanBeAdded) {
  for (const auto& [type, keeps_secret] :
       {std::pair("server-based", true), std::pair("client-based", false),
        std::pair("mobile-based", false), std::pair("non-browser", true),
        std::pair("self-client", true)}) {
    const Reply page = Add(type);
    EXPECT_EQ(page.status, 200) << type;
    EXPECT_NE(Shown(page, "Client ID"), "") << type;
    EXPECT_EQ(Shown(page, "Client secret") != "", keeps_secret) << type;
  }
}

TEST_F(ConsoleTest, ASecretIsShownOnce) {
  const std::string secret = Shown(Add("server-based"), "Client secret");
  EXPECT_THAT(Get("/developerconsole").body, Not(HasSubstr(secret)));
}

TEST_F(ConsoleTest, NamesAreEscaped) {
  EXPECT_THAT(Add("server-based").body, Not(HasSubstr("<b>App</b>")));
}

TEST_F(ConsoleTest, AFormFromElsewhereIsRefused) {
  EXPECT_EQ(Post("/developerconsole/clients",
                 {{"name", "App"}, {"type", "self-client"}})
                .status,
            400);
  EXPECT_THAT(Get("/developerconsole").body, HasSubstr("There are none yet"));
}

TEST_F(ConsoleTest, AClientCanBeDeleted) {
  const std::string id = Shown(Add("server-based"), "Client ID");
  EXPECT_EQ(Submit("delete", {{"client_id", id}}).status, 200);
  EXPECT_THAT(Get("/developerconsole").body, Not(HasSubstr(id)));
  EXPECT_EQ(Submit("delete", {{"client_id", id}}).status, 400);
}

TEST_F(ConsoleTest, ANewSecretIsTheOnlyOneThatWorks) {
  const Reply page = Add("server-based");
  const Client old{Shown(page, "Client ID"), Shown(page, "Client secret")};
  const Client now{old.id, Shown(Submit("secret", {{"client_id", old.id}}),
                                 "Client secret")};
  const std::string token = RefreshToken(now);
  EXPECT_EQ(Refresh(old, token).json()["error"], "invalid_client_secret");
  EXPECT_TRUE(Refresh(now, token).json().contains("access_token"));
}

TEST_F(ConsoleTest, ASelfClientGetsACodeForItsMinutes) {
  const Reply page = Add("self-client");
  const Client client{Shown(page, "Client ID"), Shown(page, "Client secret")};
  const auto generate = [&](const std::string& minutes) {
    return Submit("code", {{"client_id", client.id},
                           {"scope", "ZohoCliq.Channels.READ"},
                           {"minutes", minutes}});
  };
  EXPECT_EQ(generate("2").status, 400);
  EXPECT_EQ(generate("11").status, 400);
  const std::string code = Shown(generate("10"), "Code");
  Advance(599);
  EXPECT_TRUE(Token({{"grant_type", "authorization_code"},
                     {"client_id", client.id},
                     {"client_secret", client.secret},
                     {"code", code}})
                  .json()
                  .contains("refresh_token"));
}

}  // namespace
}  // namespace bursar::sandbox
