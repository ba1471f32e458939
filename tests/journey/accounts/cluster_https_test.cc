// A broker asks the cluster that its configuration names, and tells nothing to
// anybody who only stands in its place.

#include <gmock/gmock.h>

#include <memory>
#include <string>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "tests/fakes/temporary_folder.h"
#include "tests/journey/accounts/accounts.h"
#include "tests/journey/harness/cluster.h"

namespace bursar::journey {
namespace {

using testing::Combine;
using testing::HasSubstr;
using testing::Not;
using testing::TestParamInfo;
using testing::Values;

enum class Asks { kForKeys, kForJudgement };
enum class Shows { kAnothersCertificate, kAnotherHosts, kAnExpiredOne };

std::string NameOf(Asks asks) {
  return asks == Asks::kForKeys ? "AskedForKeys" : "AskedForJudgement";
}

std::string NameOf(Shows shows) {
  switch (shows) {
    case Shows::kAnothersCertificate:
      return "SignedByAnotherAuthority";
    case Shows::kAnotherHosts:
      return "ForAnotherHost";
    case Shows::kAnExpiredOne:
      return "Expired";
  }
  return "";
}

class ClusterOverHttps : public Accounts {
 protected:
  ClusterOverHttps() : another_authority_(another_folder_.path()) {}

  // Has a broker that trusts authority() ask a cluster that shows `shown`.
  void Start(Asks asks, const CertificateFiles& shown) {
    cluster_ = std::make_unique<Cluster>(shown);
    cluster_->Publish(KeySetOf({key_.Jwk("key")}));
    cluster_->FindGood(token_);
    StartBroker(absl::StrCat(
        "ca_file: ", authority().certificate(),
        asks == Asks::kForKeys
            ? absl::StrCat(", jwks_url: \"", cluster_->KeySetUrl())
            : absl::StrCat(", token_review_url: \"", cluster_->ReviewUrl()),
        "\""));
  }

  CertificateFiles CertificateThat(Shows shows) {
    const CertificateWish good{.name = "cluster", .subject = "DNS:localhost"};
    CertificateWish wish = good;
    switch (shows) {
      case Shows::kAnothersCertificate:
        return another_authority_.Issue(good);
      case Shows::kAnotherHosts:
        wish.subject = "DNS:elsewhere.test";
        break;
      case Shows::kAnExpiredOne:
        wish.begins = -absl::Hours(2);
        wish.ends = -absl::Hours(1);
        break;
    }
    return authority().Issue(wish);
  }

  const TemporaryFolder another_folder_;
  // Of the same name as the one that is trusted.
  FileAuthority another_authority_;
  const SigningKey key_ = SigningKey::Ec("P-256");
  const std::string token_ = TokenBy(key_, "key");
  std::unique_ptr<Cluster> cluster_;
};

class TheClusterItself : public ClusterOverHttps,
                         public testing::WithParamInterface<Asks> {};

TEST_P(TheClusterItself, IsBelieved) {
  Start(GetParam(), authority().Issue("cluster", "DNS:localhost"));
  const Outcome taken = CallBearing(token_);
  EXPECT_TRUE(taken.ok()) << taken;
  EXPECT_EQ(cluster_->shown(), absl::StrCat("Bearer ", Cluster::kOwnToken));
}

INSTANTIATE_TEST_SUITE_P(, TheClusterItself,
                         Values(Asks::kForKeys, Asks::kForJudgement),
                         [](const TestParamInfo<Asks>& one) {
                           return NameOf(one.param);
                         });

class WhoStandsInItsPlace
    : public ClusterOverHttps,
      public testing::WithParamInterface<std::tuple<Asks, Shows>> {};

TEST_P(WhoStandsInItsPlace, IsToldNothingAndNotBelieved) {
  const auto [asks, shows] = GetParam();
  Start(asks, CertificateThat(shows));
  const Outcome refused = CallBearing(token_);
  EXPECT_EQ(refused.reason, "CREDENTIALS_INVALID") << refused;
  EXPECT_GT(cluster_->connections(), 0);
  EXPECT_EQ(cluster_->requests(), 0);
  EXPECT_THAT(broker().Log(), Not(HasSubstr(token_)));
  EXPECT_THAT(broker().Log(), Not(HasSubstr(Cluster::kOwnToken)));
}

INSTANTIATE_TEST_SUITE_P(, WhoStandsInItsPlace,
                         Combine(Values(Asks::kForKeys, Asks::kForJudgement),
                                 Values(Shows::kAnothersCertificate,
                                        Shows::kAnotherHosts,
                                        Shows::kAnExpiredOne)),
                         [](const TestParamInfo<std::tuple<Asks, Shows>>& one) {
                           return absl::StrCat(NameOf(std::get<0>(one.param)),
                                               "With",
                                               NameOf(std::get<1>(one.param)));
                         });

}  // namespace
}  // namespace bursar::journey
