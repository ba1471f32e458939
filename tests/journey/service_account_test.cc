// Service accounts of two clusters call a bursard: one that knows its cluster's
// keys, one whose cluster judges tokens itself.

#include <unistd.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "httplib.h"
#include "tests/fakes/signing_key.h"
#include "tests/journey/harness/broker.h"
#include "tests/journey/harness/process.h"
#include "tests/journey/harness/programs.h"

namespace bursar::journey {
namespace {

using testing::HasSubstr;
using testing::Not;

// The API server of a cluster, as far as it is asked here.
class Cluster {
 public:
  Cluster() : port_(server_.bind_to_any_port("127.0.0.1")) {
    server_.Get("/jwks",
                [this](const httplib::Request&, httplib::Response& answer) {
                  answer.set_content(KeySetOf({key_.Jwk("key-1")}),
                                     "application/jwk-set+json");
                });
    server_.Post("/review", [this](const httplib::Request& request,
                                   httplib::Response& answer) {
      ++reviews_;
      const bool good =
          absl::StrContains(request.body, good_) &&
          request.get_header_value("Authorization") == "Bearer own-token";
      answer.status = 201;
      answer.set_content(
          absl::StrCat(R"({"apiVersion":"authentication.k8s.io/v1",)",
                       R"("kind":"TokenReview","status":{"authenticated":)",
                       good ? "true" : "false",
                       R"(,"audiences":["bursar"],"user":{"username":)",
                       R"("system:serviceaccount:payments:reader"}}})"),
          "application/json");
    });
    thread_ = std::thread([this] { server_.listen_after_bind(); });
  }
  ~Cluster() {
    server_.stop();
    thread_.join();
  }

  std::string Url(const std::string& path) const {
    return absl::StrCat("http://127.0.0.1:", port_, path);
  }

  // A token of the cluster that names `issuer`, for `audience`.
  std::string Token(const std::string& issuer,
                    const std::string& audience) const {
    return key_.Token(
        "ES256", TokenHeader("ES256", "key-1"),
        ServiceAccountClaims{
            .issuer = issuer, .audience = audience, .now = absl::Now()}
            .Text());
  }

  // From now on reviews find this token good, and no other.
  void FindGood(const std::string& token) { good_ = token; }

  int reviews() const { return reviews_; }

 private:
  const SigningKey key_ = SigningKey::Ec("P-256");
  std::string good_ = "no token";
  std::atomic<int> reviews_{0};
  httplib::Server server_;
  const int port_;
  std::thread thread_;
};

class ServiceAccountJourney : public testing::Test {
 protected:
  ServiceAccountJourney() : broker(Options()) {
    broker.folder().Write("own-token", "own-token\n");
  }

  void SetUp() override { ASSERT_TRUE(broker.Start()) << broker.Log(); }

  BrokerOptions Options() const {
    BrokerOptions options;
    options.accounts_server = "https://accounts.test";
    options.sections = absl::StrCat(
        "authentication:\n  kubernetes:\n"
        "    - {name: prod, issuer: prod, audience: bursar, jwks_url: \"",
        cluster.Url("/jwks"),
        "\"}\n"
        "    - {name: dev, issuer: dev, audience: bursar, token_file: "
        "own-token,"
        " token_review_url: \"",
        cluster.Url("/review"), "\"}\n");
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

  Cluster cluster;
  Broker broker;
};

TEST_F(ServiceAccountJourney, ATokenByAPublishedKeyLetsItsAccountIn) {
  const Finished good = ListBearing(cluster.Token("prod", "bursar"));
  EXPECT_EQ(good.exit, 0) << good.errors;
}

TEST_F(ServiceAccountJourney, ATokenForAnotherAudienceLetsNobodyIn) {
  const std::string token = cluster.Token("prod", "vault");
  const Finished refused = ListBearing(token);
  EXPECT_EQ(refused.exit, 1);
  EXPECT_THAT(refused.errors, HasSubstr("CREDENTIALS_INVALID"));
  EXPECT_THAT(broker.Log(), HasSubstr("caller.refused"));
  EXPECT_THAT(broker.Log(), Not(HasSubstr(token)));
}

TEST_F(ServiceAccountJourney, TheClusterIsAskedOnceAboutAToken) {
  const std::string token = cluster.Token("dev", "bursar");
  cluster.FindGood(token);
  for (int i = 0; i < 3; ++i) {
    const Finished good = ListBearing(token);
    EXPECT_EQ(good.exit, 0) << good.errors;
  }
  EXPECT_EQ(cluster.reviews(), 1);
}

TEST_F(ServiceAccountJourney, WhomTheClusterRefusesIsRefused) {
  const Finished refused = ListBearing(cluster.Token("dev", "bursar"));
  EXPECT_EQ(refused.exit, 1);
  EXPECT_THAT(refused.errors, HasSubstr("CREDENTIALS_INVALID"));
}

}  // namespace
}  // namespace bursar::journey
