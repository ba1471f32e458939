#include "server/identity/certificate_judge.h"

#include <gmock/gmock.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "absl/time/time.h"
#include "tests/unit/identity/authority_folder.h"

namespace bursar {
namespace {

using ::testing::HasSubstr;

constexpr char kAnn[] = "spiffe://example.org/ann";

class CertificateJudgeTest : public ::testing::Test {
 protected:
  // Whom the certificate names, or why it is refused.
  std::string Verdict(const std::string& own, const std::string& others,
                      absl::Time when) {
    const auto actor = judge.Judge(own, others, when).caller;
    return actor.ok() ? actor->value() : std::string(actor.status().message());
  }
  std::string Verdict(const std::string& own) {
    return Verdict(own, "", folder.now);
  }

  AuthorityFolder folder;
  const CertificateFiles files =
      folder.authority.Issue("ann", std::string("URI:") + kAnn);
  const std::string ann = ContentOf(files.certificate);
  CertificateJudge judge{
      *AuthorityFolder::TrustIn(folder.authority.certificate())};
};

TEST_F(CertificateJudgeTest, NamesWhoShowsAGoodCertificate) {
  EXPECT_EQ(Verdict(ann), kAnn);
  EXPECT_EQ(Verdict(ann), kAnn);
}

TEST_F(CertificateJudgeTest, AGoodCertificateThatNamesNobodyIsRefused) {
  const auto nobody = folder.authority.Issue("nobody", "");
  EXPECT_THAT(Verdict(ContentOf(nobody.certificate)),
              HasSubstr("no alternative name"));
}

TEST_F(CertificateJudgeTest, ACertificateThatWasGoodIsRefusedOnceItExpires) {
  EXPECT_EQ(Verdict(ann), kAnn);
  EXPECT_THAT(Verdict(ann, "", folder.now + absl::Minutes(61)),
              HasSubstr("expired"));
}

TEST_F(CertificateJudgeTest, ACertificateThatWasTooEarlyIsTakenInItsTime) {
  EXPECT_THAT(Verdict(ann, "", folder.now - absl::Minutes(2)),
              HasSubstr("not yet valid"));
  EXPECT_EQ(Verdict(ann), kAnn);
}

TEST_F(CertificateJudgeTest, AGoodVerdictDoesNotReachBackInTime) {
  EXPECT_EQ(Verdict(ann), kAnn);
  EXPECT_THAT(Verdict(ann, "", folder.now - absl::Minutes(2)),
              HasSubstr("not yet valid"));
}

TEST_F(CertificateJudgeTest, ACertificateThatWasGoodIsRefusedOnceItIsRevoked) {
  EXPECT_EQ(Verdict(ann), kAnn);
  judge.Replace(*AuthorityFolder::TrustIn(
      folder.authority.certificate(),
      folder.authority.Revoke("list", {files.certificate})));
  EXPECT_THAT(Verdict(ann), HasSubstr("revoked"));
}

TEST_F(CertificateJudgeTest, ACertificateThatWasGoodIsRefusedOnceItsCaGoes) {
  EXPECT_EQ(Verdict(ann), kAnn);
  const FileAuthority other(folder.Within("other"), "other");
  judge.Replace(*AuthorityFolder::TrustIn(other.certificate()));
  EXPECT_THAT(Verdict(ann), HasSubstr("issuer"));
  judge.Replace(*AuthorityFolder::TrustIn(folder.authority.certificate()));
  EXPECT_EQ(Verdict(ann), kAnn);
}

TEST_F(CertificateJudgeTest, WhatLeadsToTheCaNeedBeShownOnlyOnce) {
  FileAuthority middle(folder.Path(""), "middle", &folder.authority);
  const auto below = middle.Issue("below", "DNS:below");
  const std::string own = ContentOf(below.certificate);
  EXPECT_THAT(Verdict(own), HasSubstr("issuer"));
  const absl::Time later = folder.now + absl::Seconds(2);
  EXPECT_EQ(Verdict(own, ContentOf(middle.certificate()), later), "dns:below");
  judge.Replace(*AuthorityFolder::TrustIn(folder.authority.certificate()));
  EXPECT_EQ(Verdict(own, "", later), "dns:below");
}

TEST_F(CertificateJudgeTest, WhatIsNoCertificateIsRefused) {
  EXPECT_THAT(Verdict("garbage"), HasSubstr("no certificate"));
  EXPECT_THAT(Verdict(ann, "garbage", folder.now), HasSubstr("no certificate"));
}

TEST_F(CertificateJudgeTest, ManyCertificatesAreJudgedAlike) {
  for (int i = 0; i < 50; ++i) {
    const std::string name = "host-" + std::to_string(i);
    const auto issued = folder.authority.Issue(name, "DNS:" + name);
    EXPECT_EQ(Verdict(ContentOf(issued.certificate)), "dns:" + name);
  }
}

TEST_F(CertificateJudgeTest, ARevocationCountsForCallsThatComeMeanwhile) {
  const auto good = *AuthorityFolder::TrustIn(folder.authority.certificate());
  const auto revoked = *AuthorityFolder::TrustIn(
      folder.authority.certificate(),
      folder.authority.Revoke("list", {files.certificate}));
  for (int round = 0; round < 50; ++round) {
    judge.Replace(good);
    std::atomic<bool> stop = false;
    std::jthread caller([&] {
      while (!stop) EXPECT_NE(Verdict(ann), "");
    });
    judge.Replace(revoked);
    EXPECT_THAT(Verdict(ann), HasSubstr("revoked"));
    stop = true;
  }
}

}  // namespace
}  // namespace bursar
