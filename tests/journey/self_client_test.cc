// A self client: its code is made in the provider's console and brought to the
// broker by hand.

#include "tests/journey/harness/journey.h"

namespace bursar::journey {
namespace {

constexpr char kJob[] = "nightly-sync";

class SelfClient : public Journey {
 protected:
  void SetUp() override {
    StartStack();
    AddClient(kJob, "self-client");
  }

  // A code for the user, made in the console.
  std::string MakeCode() {
    Page console = browser().Open(sandbox().url() + "/developerconsole");
    // A browser presses the button of the form that it is in.
    const std::size_t action = console.body.find("/developerconsole/code");
    EXPECT_NE(action, std::string::npos);
    console.body = console.body.substr(console.body.rfind("<form", action));
    const Page made =
        browser().Press(console, "Generate code",
                        {{"scope", kRead}, {"minutes", "3"}, {"user", kAnn}});
    EXPECT_EQ(made.status, 200);
    const std::string before = "<dt>Code</dt><dd><code>";
    const std::size_t begin = made.body.find(before);
    EXPECT_NE(begin, std::string::npos);
    const std::size_t code = begin + before.size();
    return made.body.substr(code, made.body.find('<', code) - code);
  }

  Reply<v1::Grant> Exchange(const std::string& code) {
    v1::ExchangeCodeRequest request;
    request.set_user(kAnn);
    request.set_client(kJob);
    request.set_code(code);
    request.add_scopes(kRead);
    return api().ExchangeCode(request);
  }
};

TEST_F(SelfClient, ACodeFromTheConsoleGivesAGrantThatYieldsTokens) {
  const auto grant = Exchange(MakeCode());
  ASSERT_TRUE(grant.ok()) << grant.outcome;
  EXPECT_EQ(grant.value.state(), v1::Grant::ACTIVE);
  v1::GetTokenRequest request;
  request.set_user(kAnn);
  request.set_client(kJob);
  const auto token = api().GetToken(request);
  ASSERT_TRUE(token.ok()) << token.outcome;
  EXPECT_EQ(sandbox().CallApi(token.value.authorization()), 200);
}

TEST_F(SelfClient, ACodeWorksOnce) {
  const std::string code = MakeCode();
  ASSERT_TRUE(Exchange(code).ok());
  EXPECT_EQ(Exchange(code).outcome.reason, "CODE_REFUSED");
}

TEST_F(SelfClient, ACodeThatIsOverIsRefused) {
  const std::string code = MakeCode();
  sandbox().MoveClock(absl::Minutes(4));
  EXPECT_EQ(Exchange(code).outcome.reason, "CODE_REFUSED");
  EXPECT_TRUE(GrantsOf(kAnn).empty());
}

TEST_F(SelfClient, ANewerCodeSupersedesWhatAnOlderOneGave) {
  const auto older = Exchange(MakeCode());
  const auto newer = Exchange(MakeCode());
  ASSERT_TRUE(newer.ok()) << newer.outcome;
  EXPECT_EQ(Grant(older.value.id()).superseded_by(), newer.value.id());
}

}  // namespace
}  // namespace bursar::journey
