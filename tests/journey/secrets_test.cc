// No secret, nor any part of one, in whatever the broker writes, answers or
// shows: every one that a whole journey used is searched for.

#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "tests/fakes/eventually.h"
#include "tests/fakes/temporary_folder.h"
#include "tests/journey/harness/files.h"
#include "tests/journey/harness/journey.h"
#include "tests/journey/harness/programs.h"

namespace bursar::journey {
namespace {

// Short enough to find a part, long enough not to be found by chance.
constexpr std::size_t kPart = 8;

// Every token of this provider begins so; it says nothing.
constexpr char kTokenPrefix[] = "1000.";

// All parts of that length of all secrets, for one pass over a text.
class Parts {
 public:
  void Add(std::string secret) {
    if (absl::StartsWith(secret, kTokenPrefix)) {
      secret = secret.substr(sizeof(kTokenPrefix) - 1);
    }
    for (std::size_t i = 0; i + kPart <= secret.size(); ++i) {
      parts_.insert(secret.substr(i, kPart));
    }
  }

  // How many bytes of the text begin a part; the parts themselves stay unsaid.
  int CountIn(const std::string& text) const {
    int count = 0;
    for (std::size_t i = 0; i + kPart <= text.size(); ++i) {
      if (parts_.count(text.substr(i, kPart)) > 0) ++count;
    }
    return count;
  }

  std::size_t size() const { return parts_.size(); }

 private:
  std::set<std::string> parts_;
};

class Secrets : public Journey {
 protected:
  // One journey through everything that touches a secret, its failures too.
  void SetUp() override {
    SandboxOptions options = Unlimited();
    options.switches["rotation"] = "true";
    StartStack(options);
    Consent(kAnn, {kRead});
    Consent(kAnn, {kAll});
    v1::AccessToken token = GetToken(kAnn).value;
    for (int i = 0; i < 3; ++i) token = Refresh(token, kAnn).value;
    Fail(token);
    DeclineAndMisuse();
    ImportAndRevoke();
    RestartAndReplaceSecret();
    for (const std::string& secret : sandbox().Issued()) parts_.Add(secret);
    parts_.Add(registered().secret);
    const std::string keyring = ReadFile(broker().KeyringPath());
    const std::vector<std::string> words =
        absl::StrSplit(keyring, absl::ByAnyChar(" \n"), absl::SkipEmpty());
    parts_.Add(words.back());
    AddHistory();
  }

  // What stood in the addresses that browsers opened.
  void AddHistory() {
    for (const std::string& url : browser().History()) {
      parts_.Add(QueryParameter(url, "state"));
      parts_.Add(QueryParameter(url, "code"));
    }
  }

  // Answers that hold secrets and are none that the broker can use.
  void Fail(const v1::AccessToken& token) {
    for (const Fault& fault :
         {Fault{.kind = "edit", .set_field = R"({"expires_in": -1})"},
          Fault{.kind = "reset", .after_processing = true},
          Fault{.kind = "status",
          .status = 500,
          .body = absl::StrCat("trace: ", token.access_token())},
          Fault{.kind = "body",
          .body = absl::StrCat("not JSON: ", token.access_token())}}) {
      sandbox().ClearFaults();
      sandbox().Add(fault);
      Refresh(token, kAnn);
    }
    sandbox().ClearFaults();
  }

  void DeclineAndMisuse() {
    const Page page = browser().Open(BeginConsent(kBob, {kRead}));
    browser().Press(page, "Reject");
    v1::CompleteConsentRequest request;
    request.set_user(kBob);
    const std::vector<std::string> history = browser().History();
    for (const std::string& url : history) {
      const std::string code = QueryParameter(url, "code");
      if (code.empty()) continue;
      request.set_code(code);
      request.set_state(QueryParameter(url, "state"));
      EXPECT_FALSE(api().CompleteConsent(request).ok());
      browser().Open(url);
      break;
    }
    // A token where none belongs.
    v1::GetGrantRequest misplaced;
    misplaced.set_id(GetToken(kAnn).value.access_token());
    EXPECT_FALSE(api().GetGrant(misplaced).ok());
  }

  void ImportAndRevoke() {
    v1::ImportGrantRequest request;
    request.set_user(kBob);
    request.set_client(kClient);
    request.add_scopes(kRead);
    request.set_refresh_token(
        sandbox().MakeRefreshTokens(registered().id, {kBob}, kRead).at(0));
    ASSERT_TRUE(api().ImportGrant(request).ok());
    EXPECT_FALSE(api().ImportGrant(request).ok());
    request.set_refresh_token("1000.0123456789abcdef.fedcba9876543210");
    parts_.Add(request.refresh_token());
    EXPECT_FALSE(api().ImportGrant(request).ok());
    v1::RevokeRequest revoke;
    revoke.set_token(GetToken(kBob).value.access_token());
    ASSERT_TRUE(api().Revoke(revoke).ok());
    revoke.set_token(request.refresh_token());
    EXPECT_FALSE(api().Revoke(revoke).ok());
  }

  void RestartAndReplaceSecret() {
    ASSERT_EQ(broker().Stop(), 0);
    ASSERT_TRUE(broker().Start());
    v1::ReplaceClientSecretRequest request;
    request.set_name(kClient);
    request.set_client_secret(sandbox().ReplaceSecret(registered().id));
    ASSERT_TRUE(api().ReplaceClientSecret(request).ok());
  }

  Finished Ctl(std::vector<std::string> arguments) {
    std::vector<std::string> argv = {std::string(kBursarctl), "--address",
                                     broker().Target()};
    argv.insert(argv.end(), arguments.begin(), arguments.end());
    return RunProgram({.argv = argv, .log = broker().folder().Path("ctl")});
  }

  Parts parts_;
};

TEST_F(Secrets, TheSearchFindsWhatIsThere) {
  ASSERT_GT(parts_.size(), 500U);
  const std::string token = GetToken(kAnn).value.access_token();
  Parts parts;
  parts.Add(token);
  EXPECT_EQ(parts.CountIn(absl::StrCat("before ", token, " after")),
            static_cast<int>(token.size() - 5 - kPart + 1));
  EXPECT_EQ(parts.CountIn(absl::StrCat("x", token.substr(20, 8), "y")), 1);
}

TEST_F(Secrets, AreInNoLogAtTheMostTalkativeLevel) {
  const std::string log = broker().Log();
  ASSERT_TRUE(absl::StrContains(log, "bursard.ready"));
  EXPECT_EQ(parts_.CountIn(log), 0);
}

TEST_F(Secrets, AreInNoStatus) {
  const std::vector<std::string> statuses = broker().Statuses();
  ASSERT_GT(statuses.size(), 5U);
  for (const std::string& status : statuses) {
    EXPECT_EQ(parts_.CountIn(status), 0);
  }
}

TEST_F(Secrets, AreInNoEventAndNoListing) {
  EXPECT_EQ(parts_.CountIn(api().ListEvents({}).value.SerializeAsString()), 0);
  EXPECT_EQ(parts_.CountIn(api().ListClients({}).value.SerializeAsString()), 0);
  EXPECT_EQ(parts_.CountIn(api().ListGrants({}).value.SerializeAsString()), 0);
  for (const v1::Grant& grant : GrantsOf(kAnn)) {
    for (const v1::RefreshToken& token : RefreshTokensOf(grant.id())) {
      EXPECT_EQ(parts_.CountIn(token.SerializeAsString()), 0);
    }
  }
}

TEST_F(Secrets, AreNotInTheDatabaseReadAsBytes) {
  // While it runs, with what is only in the log; and after it was stopped.
  for (const bool stopped : {false, true}) {
    if (stopped) {
      ASSERT_EQ(broker().Stop(), 0);
    }
    bool found_ledger = false;
    for (const std::string& file : FilesBelow(broker().folder().path())) {
      if (!absl::StrContains(file, "ledger.db")) continue;
      found_ledger = true;
      EXPECT_EQ(parts_.CountIn(ReadFile(file)), 0) << file;
    }
    EXPECT_TRUE(found_ledger);
  }
}

TEST_F(Secrets, AreInNoCommandLine) {
  const std::vector<std::string> argv = broker().process().CommandLine();
  ASSERT_FALSE(argv.empty());
  for (const std::string& argument : argv) {
    EXPECT_EQ(parts_.CountIn(argument), 0);
  }
}

TEST_F(Secrets, AreInNothingThatTheOperatorsToolShows) {
  for (const std::vector<std::string>& arguments :
       std::vector<std::vector<std::string>>{
           {"client", "list"},
           {"--output", "json", "client", "list"},
           {"client", "get", kClient},
           {"grant", "list"},
           {"--output", "json", "grant", "list"},
           {"usage"},
           {"event", "list"},
           {"--output", "json", "event", "list"}}) {
    const Finished finished = Ctl(arguments);
    EXPECT_EQ(finished.exit, 0) << finished.errors;
    EXPECT_EQ(parts_.CountIn(finished.output), 0) << arguments.front();
    EXPECT_EQ(parts_.CountIn(finished.errors), 0) << arguments.front();
  }
}

TEST_F(Secrets, AreOnNoPageOfTheBroker) {
  const Page page = browser().Open(BeginConsent(kBob, {kRead}));
  const Page end = browser().Press(page, "Accept", {{"user", kBob}});
  AddHistory();
  EXPECT_EQ(end.status, 200);
  EXPECT_EQ(parts_.CountIn(end.body), 0);
  EXPECT_EQ(parts_.CountIn(end.url), 0);
}

class KeyLog : public Journey {};

// Whoever has a connection's keys can read a recording of it.
TEST_F(KeyLog, IsNeverWritten) {
  const TemporaryFolder folder;
  SandboxOptions sandbox_options = Unlimited();
  sandbox_options.tls = true;
  BrokerOptions options;
  options.environment = {{"SSLKEYLOGFILE", folder.Path("keys")}};
  StartStack(sandbox_options, options);
  Consent(kAnn);
  EXPECT_TRUE(ReadFile(folder.Path("keys")).empty());
}

}  // namespace
}  // namespace bursar::journey
