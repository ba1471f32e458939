// Service accounts of two clusters call a bursard: one that knows its cluster's
// keys, one whose cluster judges tokens itself.

#include <unistd.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "tests/fakes/signing_key.h"
#include "tests/journey/harness/broker.h"
#include "tests/journey/harness/cluster.h"
#include "tests/journey/harness/process.h"
#include "tests/journey/harness/programs.h"

namespace bursar::journey {
namespace {

using testing::HasSubstr;
using testing::Not;

class ServiceAccountJourney : public testing::Test {
 protected:
  ServiceAccountJourney() : broker(Options()) {
    broker.folder().Write("own-token", absl::StrCat(Cluster::kOwnToken, "\n"));
    prod.Publish(KeySetOf({key.Jwk("key-1")}));
  }

  void SetUp() override { ASSERT_TRUE(broker.Start()) << broker.Log(); }

  BrokerOptions Options() const {
    BrokerOptions options;
    options.accounts_server = "https://accounts.test";
    options.sections = absl::StrCat(
        "authentication:\n  kubernetes:\n"
        "    - {name: prod, issuer: prod, audience: bursar, jwks_url: \"",
        prod.KeySetUrl(),
        "\"}\n"
        "    - {name: dev, issuer: dev, audience: bursar, token_file: "
        "own-token,"
        " token_review_url: \"",
        dev.ReviewUrl(), "\"}\n");
    options.policy =
        "rules:\n"
        "  - name: both-clusters\n"
        "    subjects: [\"kubernetes:prod/payments/reader\", "
        "\"kubernetes:dev/payments/reader\"]\n"
        "    rpcs: [Events.ListEvents]\n"
        "    clients: any\n    users: any\n    scopes: any\n";
    return options;
  }

  // Lists events as whoever bears `token`.
  Finished ListBearing(const std::string& token) const {
    broker.folder().Write("shown", token);
    return RunProgram({.argv = {std::string(kBursarctl), "--address",
                                broker.Target(), "--bearer-token-file",
                                broker.folder().Path("shown"), "event", "list"},
                       .log = broker.folder().Path("ctl")});
  }

  // A token of the cluster that names `issuer`, for `audience`.
  std::string Token(const std::string& issuer,
                    const std::string& audience) const {
    return key.Token(
        "ES256", TokenHeader("ES256", "key-1"),
        ServiceAccountClaims{
            .issuer = issuer, .audience = audience, .now = absl::Now()}
            .Text());
  }

  const SigningKey key = SigningKey::Ec("P-256");
  Cluster prod;
  Cluster dev;
  Broker broker;
};

TEST_F(ServiceAccountJourney, ATokenByAPublishedKeyLetsItsAccountIn) {
  const Finished good = ListBearing(Token("prod", "bursar"));
  EXPECT_EQ(good.exit, 0) << good.errors;
}

TEST_F(ServiceAccountJourney, ATokenForAnotherAudienceLetsNobodyIn) {
  const std::string token = Token("prod", "vault");
  const Finished refused = ListBearing(token);
  EXPECT_EQ(refused.exit, 1);
  EXPECT_THAT(refused.errors, HasSubstr("CREDENTIALS_INVALID"));
  EXPECT_THAT(broker.Log(), HasSubstr("caller.refused"));
  EXPECT_THAT(broker.Log(), Not(HasSubstr(token)));
}

TEST_F(ServiceAccountJourney, TheClusterIsAskedOnceAboutAToken) {
  const std::string token = Token("dev", "bursar");
  dev.FindGood(token);
  for (int i = 0; i < 3; ++i) {
    const Finished good = ListBearing(token);
    EXPECT_EQ(good.exit, 0) << good.errors;
  }
  EXPECT_EQ(dev.requests(), 1);
}

TEST_F(ServiceAccountJourney, WhomTheClusterRefusesIsRefused) {
  const Finished refused = ListBearing(Token("dev", "bursar"));
  EXPECT_EQ(refused.exit, 1);
  EXPECT_THAT(refused.errors, HasSubstr("CREDENTIALS_INVALID"));
}

}  // namespace
}  // namespace bursar::journey
