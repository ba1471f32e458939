#include "server/config/config.h"

#include <filesystem>
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

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::string ReadFile(const std::string& path) {
  std::ifstream stream(path);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::string Minimal(absl::string_view more) {
  return absl::StrCat(kMinimal, more);
}

TEST(ConfigTest, MinimalFileLoadsWithTheDefaults) {
  const ConfigFolder folder;
  const auto config = folder.Load(kMinimal);
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_EQ(config->listen[0].address, "127.0.0.1:7400");
  EXPECT_FALSE(config->web.has_value());
  EXPECT_EQ(config->consent_lifetime, absl::Minutes(10));
  EXPECT_EQ(config->log_level, log::Level::kInfo);
}

TEST(ConfigTest, DocumentedExampleLoads) {
  const std::string page =
      ReadFile(absl::StrCat(BURSAR_SOURCE_DIR, "/docs/operations.md"));
  const std::string fence = "```yaml\n";
  const std::size_t begin = page.find(fence);
  ASSERT_NE(begin, std::string::npos);
  const std::size_t end = page.find("```", begin + fence.size());
  const ConfigFolder folder;
  for (const char* file :
       {"tls/server.pem", "tls/server.key", "tls/callers.pem",
        "tls/revoked.pem", "tls/web.pem", "tls/web.key", "tls/providers.pem",
        "secrets/kubernetes.io/serviceaccount/ca.crt",
        "secrets/kubernetes.io/serviceaccount/token"}) {
    folder.Write(file, "");
  }
  folder.Write("example-idp.yaml", "pkce: true\n");
  // What a cluster mounts is not on every machine.
  const auto config = folder.Load(absl::StrReplaceAll(
      page.substr(begin + fence.size(), end - begin - fence.size()),
      {{"/var/run/secrets/", "secrets/"}}));
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_EQ(config->listen.size(), 3);
  EXPECT_EQ(config->providers.size(), 2);
  EXPECT_EQ(config->upstream.max_answer_bytes, 1 << 20);
}

TEST(ConfigTest, RelativePathsStartAtTheFilesFolder) {
  const ConfigFolder folder;
  const auto config = folder.Load(kMinimal);
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_EQ(config->ledger_path, folder.Path("ledger.db"));
  EXPECT_EQ(config->sealing.keyring_file, folder.Path("keyring"));
}

TEST(ConfigTest, AbsolutePathsStay) {
  const ConfigFolder folder;
  const auto config = folder.Load(R"(
listen: [{address: "unix:/run/bursar/bursar.sock"}]
ledger: {path: /var/lib/bursar/ledger.db}
sealing: {keyring_file: /etc/bursar/keyring}
providers: [{name: cliq, descriptor: zoho-cliq}]
policy: {file: policy.yaml}
)");
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_EQ(config->listen[0].address, "unix:/run/bursar/bursar.sock");
  EXPECT_EQ(config->ledger_path, "/var/lib/bursar/ledger.db");
}

TEST(ConfigTest, EveryErrorIsListedInTheOrderOfPlaces) {
  const ConfigFolder folder;
  EXPECT_EQ(folder.Errors(R"(cache: {entries: many}
listen: [{address: "127.0.0.1:99999"}]
sealing: {keyring_file: keyring}
drain: {timeout: 10}
providers: [{name: cliq, descriptor: zoho-cliq}]
policy: {file: policy.yaml}
)"),
            "bursar.yaml:1:1: the file lacks the key ledger\n"
            "bursar.yaml:1:18: cache.entries must be a whole number from 1 to "
            "100000000\n"
            "bursar.yaml:2:20: listen[0].address must be unix:PATH, HOST:PORT "
            "or [IPV6]:PORT\n"
            "bursar.yaml:4:18: drain.timeout must be a duration such as 500ms, "
            "10s or 1h30m, from 0 to 1h");
}

TEST(ConfigTest, MissingFileIsNamed) {
  const ConfigFolder folder;
  const auto config = LoadConfig(folder.Path("absent.yaml"));
  EXPECT_EQ(config.status().message(),
            absl::StrCat(folder.Path("absent.yaml"),
                         ":1:1: cannot be read: No such file or directory"));
}

TEST(ConfigTest, FolderInPlaceOfTheFileIsRefused) {
  const ConfigFolder folder;
  EXPECT_THAT(std::string(LoadConfig(folder.Path("")).status().message()),
              EndsWith("cannot be read: Is a directory"));
}

TEST(ConfigTest, OversizedFileIsRefused) {
  const ConfigFolder folder;
  EXPECT_THAT(folder.Errors(std::string(2 << 20, '#')),
              HasSubstr("larger than a configuration can be"));
}

TEST(ConfigTest, EmptyFileIsRefused) {
  const ConfigFolder folder;
  EXPECT_EQ(folder.Errors(""),
            "bursar.yaml:1:1: the file must be a map of keys and values");
}

TEST(ConfigTest, BrokenYamlIsRefusedWithItsPlace) {
  const ConfigFolder folder;
  EXPECT_EQ(folder.Errors("ledger: {path: a\n\n"),
            "bursar.yaml:3:1: not YAML: end of map flow not found");
}

TEST(ConfigTest, SecondDocumentIsRefused) {
  const ConfigFolder folder;
  EXPECT_THAT(folder.Errors("ledger: {}\n---\nlog: {}\n"),
              StartsWith("bursar.yaml:2:1: a second document begins here"));
}

TEST(ConfigTest, BrokenYamlIsRefusedWithoutItsValues) {
  const ConfigFolder folder;
  for (const char* yaml :
       {"a: *hidden", "%YAML hidden\n---\n", "a: \"\\hidden\"",
        "a: \"\\uD800hidden\"", "a: !hidden!hidden b: c: d"}) {
    EXPECT_THAT(folder.Errors(yaml),
                AllOf(HasSubstr("not YAML: "), Not(HasSubstr("hidden"))));
  }
}

TEST(ConfigTest, StrayCommaIsRefusedAndEndsTheReading) {
  const ConfigFolder folder;
  EXPECT_EQ(folder.Errors(","),
            "bursar.yaml:1:1: not YAML: no value can begin here");
}

TEST(ConfigTest, RecursiveAliasIsRefused) {
  const ConfigFolder folder;
  EXPECT_THAT(folder.Errors(Minimal("log: &loop {level: *loop}")),
              HasSubstr("an alias stands inside of what it is an alias for"));
}

TEST(ConfigTest, AliasStandsForWhatItNames) {
  const ConfigFolder folder;
  const auto config = folder.Load(
      Minimal("drain: {timeout: &while 7s}\nconsent: {lifetime: *while}"));
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_EQ(config->consent_lifetime, absl::Seconds(7));
}

TEST(ConfigTest, AliasesThatMultiplyAreRefused) {
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 30; ++i) {
    const std::string two = absl::StrCat("*a", i - 1, ", *a", i - 1);
    absl::StrAppend(&bomb, "a", i, ": &a", i, " [", two, ", ", two, "]\n");
  }
  const ConfigFolder folder;
  EXPECT_THAT(folder.Errors(bomb),
              HasSubstr("more values than a configuration can have"));
}

TEST(ConfigTest, KeyThatIsLongerThanAnyIsRefused) {
  const ConfigFolder folder;
  EXPECT_THAT(folder.Errors(Minimal(absl::StrCat(std::string(300, 'k'), ": "))),
              EndsWith("the file has a key that is longer than any"));
}

TEST(ConfigTest, UnknownKeyIsRefusedWithAHintAtTheNearest) {
  const ConfigFolder folder;
  EXPECT_EQ(folder.Errors(Minimal("upstream: {conect_timeout: 1s}")),
            "bursar.yaml:7:12: upstream.conect_timeout is not a known key; did "
            "you mean connect_timeout?");
}

TEST(ConfigTest, UnknownKeyLikeNoOtherHasNoHint) {
  const ConfigFolder folder;
  EXPECT_EQ(folder.Errors(Minimal("telemetry: {}")),
            "bursar.yaml:7:1: telemetry is not a known key");
}

TEST(ConfigTest, KeyThatOccursTwiceIsRefused) {
  const ConfigFolder folder;
  EXPECT_EQ(folder.Errors(Minimal("ledger: {path: other.db}")),
            "bursar.yaml:7:1: ledger occurs twice; the first is in line 3");
}

TEST(ConfigTest, APolicyThatIsWrongIsListedWithTheRest) {
  const ConfigFolder folder;
  folder.Write("policy.yaml", "rules: none\n");
  EXPECT_EQ(folder.Errors(Minimal("overload: {in_flight: 0}")),
            "bursar.yaml:7:23: overload.in_flight must be a whole number from "
            "1 to 1000000\n"
            "policy.yaml:1:8: rules must be a list");
}

TEST(ConfigTest, APolicyMustBeNamed) {
  const ConfigFolder folder;
  EXPECT_EQ(folder.Errors(Minimal("").substr(0, Minimal("").find("policy:"))),
            "bursar.yaml:2:1: the file lacks the key policy");
  std::filesystem::remove(folder.Path("policy.yaml"));
  EXPECT_THAT(folder.Errors(kMinimal),
              StartsWith("bursar.yaml:6:16: policy.file cannot be read"));
}

TEST(ConfigTest, SecretInTheFileIsRefusedAndNotRepeated) {
  const ConfigFolder folder;
  const std::string errors = folder.Errors(R"(
listen: [{address: "127.0.0.1:7400"}]
ledger: {path: ledger.db}
sealing: {keyring_file: keyring}
providers: [{name: cliq, descriptor: zoho-cliq, client_secret: swordfish}]
policy: {file: policy.yaml}
)");
  EXPECT_THAT(errors, AllOf(StartsWith("bursar.yaml:5:49: "),
                            HasSubstr("a secret does not belong in this file"),
                            Not(HasSubstr("swordfish"))));
}

TEST(ConfigTest, InlineKeyIsPointedToTheFile) {
  const ConfigFolder folder;
  EXPECT_THAT(folder.Errors(R"(
listen: [{address: "127.0.0.1:7400"}]
ledger: {path: ledger.db}
sealing: {keyring: aGVsbG8}
providers: [{name: cliq, descriptor: zoho-cliq}]
policy: {file: policy.yaml}
)"),
              HasSubstr("did you mean keyring_file?"));
}

TEST(ConfigTest, PemInPlaceOfAPathIsRefusedAndNotRepeated) {
  const ConfigFolder folder;
  const std::string errors = folder.Errors(
      Minimal("upstream: {ca_file: \"-----BEGIN CERTIFICATE-----abc\"}"));
  EXPECT_THAT(errors, AllOf(HasSubstr("must be the path of a file"),
                            Not(HasSubstr("abc"))));
}

TEST(ConfigTest, WrongTypesAreRefused) {
  const ConfigFolder folder;
  EXPECT_THAT(folder.Errors(Minimal("consent: 10m")),
              HasSubstr("consent must be a map"));
  EXPECT_THAT(folder.Errors(Minimal("cache: {entries: \"5\"}")),
              HasSubstr("cache.entries must be a whole number"));
  EXPECT_THAT(folder.Errors(Minimal("log: {level: loud}")),
              HasSubstr("must be one of: debug, info, warning, error"));
  EXPECT_THAT(folder.Errors(Minimal("log:")), HasSubstr("log must be a map"));
}

TEST(ConfigTest, WhatIsKeptOfWhatHappenedCanBeSet) {
  const ConfigFolder folder;
  const auto absent = folder.Load(kMinimal);
  ASSERT_TRUE(absent.ok()) << absent.status();
  EXPECT_EQ(absent->audit.fold_interval, absl::Minutes(1));
  EXPECT_EQ(absent->audit.told_every, absl::Hours(24));
  EXPECT_EQ(absent->audit.retention, absl::Hours(24 * 400));
  const auto set = folder.Load(
      Minimal("audit: {fold_interval: 5s, told_every: 2d, retention: 90d}\n"));
  ASSERT_TRUE(set.ok()) << set.status();
  EXPECT_EQ(set->audit.fold_interval, absl::Seconds(5));
  EXPECT_EQ(set->audit.told_every, absl::Hours(48));
  EXPECT_EQ(set->audit.retention, absl::Hours(24 * 90));
  const auto wrong =
      folder.Load(Minimal("audit: {fold_interval: 2d, retention: 1h}\n"));
  EXPECT_THAT(
      std::string(wrong.status().message()),
      AllOf(HasSubstr("audit.fold_interval"), HasSubstr("audit.retention")));
}

TEST(ConfigTest, DurationsOutOfRangeAreRefused) {
  const ConfigFolder folder;
  for (const char* wrong : {"0s", "-1s", "11m", "inf", "10"}) {
    EXPECT_THAT(folder.Errors(Minimal(
                    absl::StrCat("upstream: {total_timeout: ", wrong, "}"))),
                HasSubstr("upstream.total_timeout must be a duration"))
        << wrong;
  }
}

TEST(ConfigTest, SizesTakeUnits) {
  const ConfigFolder folder;
  const auto config =
      folder.Load(Minimal("upstream: {max_answer_bytes: 64KiB}"));
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_EQ(config->upstream.max_answer_bytes, 65'536);
}

TEST(ConfigTest, SizesOutOfRangeAreRefused) {
  const ConfigFolder folder;
  for (const char* wrong : {"0", "-1KiB", "2000MiB", "1GB", "99999999999MiB"}) {
    EXPECT_THAT(folder.Errors(Minimal(
                    absl::StrCat("upstream: {max_answer_bytes: ", wrong, "}"))),
                HasSubstr("max_answer_bytes must be a size"))
        << wrong;
  }
}

TEST(ConfigTest, ProxyWithAPasswordIsRefusedAndNotRepeated) {
  const ConfigFolder folder;
  const std::string errors =
      folder.Errors(Minimal("upstream: {proxy: \"http://me:pw@proxy:3128\"}"));
  EXPECT_THAT(errors,
              AllOf(HasSubstr("without user"), Not(HasSubstr("me:pw"))));
}

TEST(ConfigTest, FileThatCannotBeReadIsRefused) {
  const ConfigFolder folder;
  EXPECT_THAT(folder.Errors(Minimal("upstream: {ca_file: absent.pem}")),
              EndsWith("absent.pem: No such file or directory"));
}

}  // namespace
}  // namespace bursar
