#include "server/config/policy_file.h"

#include <fstream>
#include <iterator>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/config/config_folder.h"

namespace bursar {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

constexpr char kExample[] = R"(rules:
  - name: payments-read
    subjects: ["spiffe://example.org/ns/payments/*"]
    rpcs: callers
    clients: [crm]
    users: own
    scopes: [ZohoCliq.Channels.READ]
  - name: operators
    subjects: [unix:0, dns:admin.example.org]
    rpcs: [callers, operators]
    clients: any
    users: any
    scopes: any
limits:
  default:
    calls_per_second: 500
    burst: 700
    in_flight: 200
    refreshes_per_minute: 60
  subjects:
    - subject: spiffe://example.org/ns/batch/*
      calls_per_second: 50
)";

std::string Errors(const std::string& text) {
  const auto policy = ParsePolicy("policy.yaml", text);
  return std::string(policy.status().message());
}

// The example with one text in another's place.
std::string ErrorsWith(absl::string_view old_text, absl::string_view new_text) {
  const std::string text =
      absl::StrReplaceAll(kExample, {{old_text, new_text}});
  EXPECT_NE(text, kExample);
  return Errors(text);
}

TEST(PolicyFileTest, RulesAreReadAsTheyStand) {
  const auto policy = ParsePolicy("policy.yaml", kExample);
  ASSERT_TRUE(policy.ok()) << policy.status();
  ASSERT_EQ((*policy)->rules().size(), 2u);
  const PolicyRule& read = (*policy)->rules()[0];
  EXPECT_EQ(read.name, "payments-read");
  EXPECT_EQ(read.rpcs, RpcsOf(RpcGroup::kCallers));
  EXPECT_TRUE(read.subjects[0].below());
  EXPECT_EQ(read.clients.listed[0].stem(), "crm");
  EXPECT_EQ(read.users.kind, NameClause::Kind::kOwn);
  EXPECT_EQ(read.scopes.listed[0].stem(), "ZohoCliq.Channels.READ");
  const PolicyRule& operators = (*policy)->rules()[1];
  EXPECT_EQ(operators.subjects.size(), 2u);
  EXPECT_EQ(operators.rpcs,
            RpcsOf(RpcGroup::kCallers) | RpcsOf(RpcGroup::kOperators));
  EXPECT_EQ(operators.clients.kind, NameClause::Kind::kAny);
}

TEST(PolicyFileTest, RpcsAreNamedOneByOneOrByService) {
  const std::string text = absl::StrReplaceAll(
      kExample, {{"rpcs: callers", "rpcs: [Grants.GetGrant, TokenBroker.*]"}});
  const auto policy = ParsePolicy("policy.yaml", text);
  ASSERT_TRUE(policy.ok()) << policy.status();
  const RpcSet& rpcs = (*policy)->rules()[0].rpcs;
  EXPECT_TRUE(rpcs.test(PlaceOf(*FindRpcMethod("Grants.GetGrant"))));
  EXPECT_TRUE(rpcs.test(PlaceOf(*FindRpcMethod("TokenBroker.Revoke"))));
  EXPECT_FALSE(rpcs.test(PlaceOf(*FindRpcMethod("Grants.BeginConsent"))));
}

TEST(PolicyFileTest, UsersMayBeThoseBelowAPath) {
  const std::string text =
      absl::StrReplaceAll(kExample, {{"users: own", "users: [ann, acme/*]"}});
  const auto policy = ParsePolicy("policy.yaml", text);
  ASSERT_TRUE(policy.ok()) << policy.status();
  const NameClause& users = (*policy)->rules()[0].users;
  EXPECT_TRUE(users.Allows("ann"));
  EXPECT_TRUE(users.Allows("acme/bob"));
  EXPECT_FALSE(users.Allows("acme"));
}

TEST(PolicyFileTest, LimitsOfASubjectAreThoseOfAllButWhatItSays) {
  const auto policy = ParsePolicy("policy.yaml", kExample);
  ASSERT_TRUE(policy.ok()) << policy.status();
  const CallerLimit everyone{500, 700, 200, 60};
  EXPECT_EQ((*policy)->LimitOf(Actor("unix:0")), everyone);
  // Without a burst of its own: twice its calls.
  const CallerLimit batch{50, 100, 200, 60};
  EXPECT_EQ((*policy)->LimitOf(Actor("spiffe://example.org/ns/batch/a")),
            batch);
}

TEST(PolicyFileTest, TheDocumentedPolicyIsFit) {
  std::ifstream file(BURSAR_SOURCE_DIR "/docs/operations.md");
  const std::string page{std::istreambuf_iterator<char>(file), {}};
  const std::string fence = "```yaml\n";
  const std::size_t begin =
      page.find(fence, page.find("## The policy")) + fence.size();
  const auto policy = ParsePolicy(
      "operations.md", page.substr(begin, page.find("```", begin) - begin));
  ASSERT_TRUE(policy.ok()) << policy.status();
  EXPECT_EQ((*policy)->rules().size(), 2u);
  // The documented defaults are the defaults.
  EXPECT_EQ((*policy)->LimitOf(Actor("unix:0")), CallerLimit());
}

TEST(PolicyFileTest, NoRulesAreAPolicyToo) {
  const auto policy = ParsePolicy("policy.yaml", "rules: []\n");
  ASSERT_TRUE(policy.ok()) << policy.status();
  EXPECT_TRUE((*policy)->rules().empty());
}

TEST(PolicyFileTest, TheVersionIsTheContents) {
  const auto one = ParsePolicy("a.yaml", kExample);
  const auto same = ParsePolicy("b.yaml", kExample);
  const auto other = ParsePolicy("a.yaml", absl::StrCat(kExample, "# more\n"));
  ASSERT_TRUE(one.ok() && same.ok() && other.ok());
  EXPECT_EQ((*one)->version(), (*same)->version());
  EXPECT_NE((*one)->version(), (*other)->version());
}

TEST(PolicyFileTest, AnEmptyFileIsNoPolicy) {
  EXPECT_THAT(Errors(""), HasSubstr("must be a map of keys and values"));
}

TEST(PolicyFileTest, AnUnknownKeyIsRefused) {
  EXPECT_THAT(
      ErrorsWith("    users: own", "    user: own"),
      AllOf(HasSubstr("policy.yaml:6:5: rules[0].user is not a known "
                      "key; did you mean users?"),
            HasSubstr("policy.yaml:2:5: rules[0] lacks the key users")));
}

TEST(PolicyFileTest, EveryClauseMustBeThere) {
  for (const char* key :
       {"name", "subjects", "rpcs", "clients", "users", "scopes"}) {
    EXPECT_THAT(ErrorsWith(absl::StrCat(key, ":"), absl::StrCat("x", key, ":")),
                HasSubstr(absl::StrCat("rules[0] lacks the key ", key)));
  }
}

TEST(PolicyFileTest, ABareStarIsNoSubject) {
  EXPECT_EQ(ErrorsWith("[\"spiffe://example.org/ns/payments/*\"]", "[\"*\"]")
                .substr(0, 61),
            "policy.yaml:3:16: rules[0].subjects[0] has a * where none may");
}

TEST(PolicyFileTest, AStarAfterTheTrustDomainIsRefused) {
  EXPECT_THAT(ErrorsWith("ns/payments/*", "*"),
              StartsWith("policy.yaml:3:16: rules[0].subjects[0] has a *"));
}

TEST(PolicyFileTest, AnUnknownFormOfASubjectIsRefused) {
  EXPECT_THAT(ErrorsWith("unix:0", "root"),
              StartsWith("policy.yaml:9:16: rules[1].subjects[0] is no form of "
                         "a subject"));
}

TEST(PolicyFileTest, ARuleForNobodyIsRefused) {
  EXPECT_THAT(ErrorsWith("[unix:0, dns:admin.example.org]", "[]"),
              StartsWith("policy.yaml:9:15: rules[1].subjects must name one"));
}

TEST(PolicyFileTest, AnUnknownRpcIsRefused) {
  EXPECT_THAT(ErrorsWith("rpcs: callers", "rpcs: TokenBroker.GetTokens"),
              StartsWith("policy.yaml:4:11: rules[0].rpcs is no RPC"));
  EXPECT_THAT(ErrorsWith("rpcs: callers", "rpcs: \"*\""),
              StartsWith("policy.yaml:4:11: rules[0].rpcs is no RPC"));
  EXPECT_THAT(ErrorsWith("rpcs: callers", "rpcs: \".*\""),
              StartsWith("policy.yaml:4:11: rules[0].rpcs is no RPC"));
  EXPECT_THAT(ErrorsWith("rpcs: callers", "rpcs: \"Token*\""),
              StartsWith("policy.yaml:4:11: rules[0].rpcs is no RPC"));
}

TEST(PolicyFileTest, AServiceOfCallersAndOperatorsIsNoOneName) {
  EXPECT_THAT(ErrorsWith("rpcs: callers", "rpcs: Grants.*"),
              StartsWith("policy.yaml:4:11: rules[0].rpcs names a service with "
                         "RPCs of callers and of operators"));
}

TEST(PolicyFileTest, AClauseIsAWordOrAList) {
  EXPECT_THAT(ErrorsWith("clients: [crm]", "clients: crm"),
              StartsWith("policy.yaml:5:14: rules[0].clients must be any, or a "
                         "list of names"));
  EXPECT_THAT(ErrorsWith("clients: [crm]", "clients: own"),
              StartsWith("policy.yaml:5:14: rules[0].clients must be any, or a "
                         "list of names"));
  EXPECT_THAT(ErrorsWith("users: own", "users: mine"),
              StartsWith("policy.yaml:6:12: rules[0].users must be any, own, "
                         "or a list of names"));
  EXPECT_THAT(ErrorsWith("clients: [crm]", "clients: []"),
              StartsWith("policy.yaml:5:14: rules[0].clients must name one at "
                         "least"));
}

TEST(PolicyFileTest, AWordInAListIsRefused) {
  EXPECT_THAT(ErrorsWith("clients: [crm]", "clients: [crm, any]"),
              StartsWith("policy.yaml:5:20: rules[0].clients[1] stands for "
                         "itself alone"));
  EXPECT_THAT(ErrorsWith("users: own", "users: [own]"),
              StartsWith("policy.yaml:6:13: rules[0].users[0] stands for "
                         "itself alone"));
}

TEST(PolicyFileTest, AStarInAListIsRefused) {
  EXPECT_THAT(ErrorsWith("[crm]", "[\"*\"]"),
              StartsWith("policy.yaml:5:15: rules[0].clients[0] is no name"));
  EXPECT_THAT(
      ErrorsWith("users: own", "users: [/*]"),
      StartsWith("policy.yaml:6:13: rules[0].users[0] must name a path"));
}

TEST(PolicyFileTest, TwoRulesOfOneNameAreRefused) {
  EXPECT_THAT(ErrorsWith("name: operators", "name: payments-read"),
              StartsWith("policy.yaml:8:5: rules[1] has the name of another"));
}

TEST(PolicyFileTest, LimitsOutOfBoundsAreRefused) {
  EXPECT_THAT(ErrorsWith("in_flight: 200", "in_flight: 0"),
              StartsWith("policy.yaml:18:16: limits.default.in_flight must be "
                         "a whole number from 1 to"));
  EXPECT_THAT(ErrorsWith("calls_per_second: 500", "calls_per_second: many"),
              StartsWith("policy.yaml:16:23: limits.default.calls_per_second"));
}

TEST(PolicyFileTest, TwoLimitsOfOneSubjectAreRefused) {
  EXPECT_THAT(
      Errors(absl::StrCat(kExample,
                          "    - subject: spiffe://example.org/ns/batch/*\n")),
      StartsWith("policy.yaml:23:7: limits.subjects[1] has the subject of "
                 "another limit"));
}

TEST(PolicyFileTest, ALimitOfNoSubjectIsRefused) {
  EXPECT_THAT(
      ErrorsWith("- subject: spiffe://example.org/ns/batch/*",
                 "- subject: batch"),
      StartsWith("policy.yaml:21:16: limits.subjects[0].subject is no form"));
}

TEST(PolicyFileTest, EveryErrorIsListedAtOnce) {
  EXPECT_THAT(Errors("rules:\n  - {name: a, subjects: [\"*\"], rpcs: none, "
                     "clients: x, users: any, scopes: any}\nlimit: {}\n"),
              AllOf(HasSubstr("subjects[0]"), HasSubstr("rpcs"),
                    HasSubstr("clients"), HasSubstr("limit is not a known")));
}

TEST(PolicyFileTest, AFileThatCannotBeReadIsNoPolicy) {
  const ConfigFolder folder;
  const auto policy = LoadPolicy(folder.Path("missing.yaml"));
  EXPECT_THAT(std::string(policy.status().message()),
              HasSubstr("missing.yaml:1:1: cannot be read"));
}

TEST(PolicyFileTest, ErrorsNameTheFileTheyAreIn) {
  const ConfigFolder folder;
  folder.Write("policy.yaml", "rules: none\n");
  const auto policy = LoadPolicy(folder.Path("policy.yaml"));
  EXPECT_EQ(policy.status().message(),
            folder.Path("policy.yaml") + ":1:8: rules must be a list");
}

}  // namespace
}  // namespace bursar
