#include "server/config/authentication.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/unit/config/config_folder.h"

namespace bursar {
namespace {

using ::testing::HasSubstr;

class AuthenticationTest : public ::testing::Test {
 protected:
  AuthenticationTest() {
    folder.Write("ca.pem", "");
    folder.Write("token", "");
  }

  static std::string With(absl::string_view section) {
    return absl::StrCat(kMinimal, "authentication: ", section, "\n");
  }
  static std::string WithCluster(absl::string_view keys) {
    return With(absl::StrCat(
        "{kubernetes: [{name: prod, issuer: \"https://i.test\", audience: "
        "bursar, ",
        keys, "}]}"));
  }

  std::string Errors(const std::string& yaml) const {
    return folder.Errors(yaml);
  }

  ConfigFolder folder;
};

TEST_F(AuthenticationTest, WithoutItNoBearerCredentialIsTaken) {
  const auto config = folder.Load(kMinimal);
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_FALSE(config->authentication.api_keys);
  EXPECT_TRUE(config->authentication.kubernetes.empty());
}

TEST_F(AuthenticationTest, ApiKeysAreTakenIfItSaysSo) {
  EXPECT_TRUE(folder.Load(With("{api_keys: true}"))->authentication.api_keys);
}

TEST_F(AuthenticationTest, AClusterMayBeJudgedByItsKeys) {
  const auto config = folder.Load(WithCluster(
      "jwks_url: \"https://i.test/openid/v1/jwks\", ca_file: ca.pem, "
      "token_file: token"));
  ASSERT_TRUE(config.ok()) << config.status();
  const KubernetesIssuer& issuer = config->authentication.kubernetes.at(0);
  EXPECT_EQ(issuer.name, "prod");
  EXPECT_EQ(issuer.issuer, "https://i.test");
  EXPECT_EQ(issuer.audience, "bursar");
  EXPECT_EQ(issuer.jwks_url, "https://i.test/openid/v1/jwks");
  EXPECT_EQ(issuer.ca_file, folder.Path("ca.pem"));
  EXPECT_EQ(issuer.token_file, folder.Path("token"));
}

TEST_F(AuthenticationTest, AClusterMayJudgeItself) {
  const auto config = folder.Load(WithCluster(
      "token_review_url: \"https://k.test/review\", review_lifetime: 5s"));
  ASSERT_TRUE(config.ok()) << config.status();
  const KubernetesIssuer& issuer = config->authentication.kubernetes.at(0);
  EXPECT_EQ(issuer.token_review_url, "https://k.test/review");
  EXPECT_EQ(issuer.review_lifetime, absl::Seconds(5));
}

TEST_F(AuthenticationTest, AClusterIsJudgedInOneWay) {
  EXPECT_THAT(Errors(WithCluster("jwks_url: \"https://i.test/k\", "
                                 "token_review_url: \"https://i.test/r\"")),
              HasSubstr("must have one of jwks_url and token_review_url"));
  EXPECT_THAT(Errors(WithCluster("ca_file: ca.pem")),
              HasSubstr("must have one of jwks_url and token_review_url"));
}

TEST_F(AuthenticationTest, KeysAndReviewsComeOverHttps) {
  EXPECT_THAT(Errors(WithCluster("jwks_url: \"http://i.test/k\"")),
              HasSubstr("https"));
  EXPECT_EQ(Errors(WithCluster("jwks_url: \"http://127.0.0.1:1/k\"")), "");
}

TEST_F(AuthenticationTest, AClustersNameIsPartOfAnIdentity) {
  for (const char* name : {"\"a/b\"", "Prod", "\"\"", "a_b", "\"a:b\""}) {
    EXPECT_NE(
        Errors(With(absl::StrCat(
            "{kubernetes: [{name: ", name,
            ", issuer: i, audience: a, jwks_url: \"https://i.test\"}]}"))),
        "")
        << name;
  }
}

TEST_F(AuthenticationTest, ClustersDifferInNameAndIssuer) {
  const auto two = [this](absl::string_view name, absl::string_view issuer) {
    return Errors(With(absl::StrCat(
        "{kubernetes: [{name: a, issuer: i, audience: x, jwks_url: "
        "\"https://i.test\"}, {name: ",
        name, ", issuer: ", issuer,
        ", audience: x, jwks_url: \"https://j.test\"}]}")));
  };
  EXPECT_EQ(two("b", "j"), "");
  EXPECT_THAT(two("a", "j"), HasSubstr("the name of another cluster"));
  EXPECT_THAT(two("b", "i"), HasSubstr("the issuer of another cluster"));
}

TEST_F(AuthenticationTest, AnAudienceIsRequired) {
  EXPECT_THAT(Errors(With("{kubernetes: [{name: a, issuer: i, jwks_url: "
                          "\"https://i.test\"}]}")),
              HasSubstr("lacks the key audience"));
}

TEST_F(AuthenticationTest, AFileThatCannotBeReadIsRefused) {
  EXPECT_THAT(
      Errors(WithCluster("jwks_url: \"https://i.test/k\", token_file: none")),
      HasSubstr("cannot be read"));
}

}  // namespace
}  // namespace bursar
