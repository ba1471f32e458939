#include "server/identity/trust.h"

#include <gmock/gmock.h>
#include <openssl/err.h>

#include <string>

#include "absl/time/time.h"
#include "tests/unit/identity/authority_folder.h"

namespace bursar {
namespace {

using ::testing::HasSubstr;

constexpr char kCaller[] = "URI:spiffe://example.org/caller";

class TrustTest : public ::testing::Test {
 protected:
  // The reason why what is shown at `when` is refused; "" if it is good.
  static std::string Refusal(const Trust& trust, const ShownCertificates& shown,
                             absl::Time when) {
    const auto good = trust.Check(shown, when);
    return std::string(good.status().message());
  }

  std::string Refusal(const Trust& trust, const ShownCertificates& shown) {
    return Refusal(trust, shown, folder.now);
  }

  // Whether trust cannot be made of these, and why.
  static std::string Unusable(const std::string& authorities,
                              const std::string& revoked = "") {
    return std::string(
        AuthorityFolder::TrustIn(authorities, revoked).status().message());
  }

  AuthorityFolder folder;
  const CertificateFiles caller = folder.authority.Issue("caller", kCaller);
  const std::string& ca = folder.authority.certificate();
};

TEST_F(TrustTest, ACertificateOfTheCaIsGoodUntilItExpires) {
  const auto trust = AuthorityFolder::TrustIn(ca);
  ASSERT_TRUE(trust.ok()) << trust.status();
  const auto good =
      (*trust)->Check(AuthorityFolder::Shown(caller.certificate), folder.now);
  ASSERT_TRUE(good.ok()) << good.status();
  EXPECT_GT(*good, folder.now + absl::Minutes(59));
  EXPECT_LT(*good, folder.now + absl::Minutes(61));
}

TEST_F(TrustTest, ACertificateIsNotGoodBeforeOrAfterItsTime) {
  const auto trust = *AuthorityFolder::TrustIn(ca);
  const auto shown = AuthorityFolder::Shown(caller.certificate);
  EXPECT_THAT(Refusal(*trust, shown, folder.now - absl::Minutes(2)),
              HasSubstr("not yet valid"));
  EXPECT_THAT(Refusal(*trust, shown, folder.now + absl::Minutes(61)),
              HasSubstr("expired"));
  const auto good = trust->Check(shown, folder.now);
  EXPECT_THAT(Refusal(*trust, shown, *good), HasSubstr("expired"));
}

TEST_F(TrustTest, ACertificateOfAnotherCaOfTheSameNameIsRefused) {
  FileAuthority other(folder.Within("other"));
  const auto theirs = other.Issue("caller", kCaller);
  const auto trust = *AuthorityFolder::TrustIn(ca);
  EXPECT_NE(Refusal(*trust, AuthorityFolder::Shown(theirs.certificate)), "");
}

TEST_F(TrustTest, ACertificateThatSignsItselfIsRefused) {
  const auto trust = *AuthorityFolder::TrustIn(ca);
  const FileAuthority self(folder.Path(""), "self");
  EXPECT_NE(Refusal(*trust, AuthorityFolder::Shown(self.certificate())), "");
}

TEST_F(TrustTest, AServersCertificateIsNoClients) {
  const auto server =
      folder.authority.Issue({.name = "server", .usage = "serverAuth"});
  const auto client =
      folder.authority.Issue({.name = "client", .usage = "clientAuth"});
  const auto trust = *AuthorityFolder::TrustIn(ca);
  EXPECT_THAT(Refusal(*trust, AuthorityFolder::Shown(server.certificate)),
              HasSubstr("purpose"));
  EXPECT_EQ(Refusal(*trust, AuthorityFolder::Shown(client.certificate)), "");
}

TEST_F(TrustTest, WhatACallerIssuesIsRefused) {
  FileAuthority pretender =
      FileAuthority::Pretender(folder.Path(""), "pretender", folder.authority);
  const auto forged = pretender.Issue("forged", kCaller);
  const auto trust = *AuthorityFolder::TrustIn(ca);
  EXPECT_THAT(
      Refusal(*trust, AuthorityFolder::Shown(forged.certificate,
                                             {pretender.certificate()})),
      HasSubstr("invalid CA"));
}

TEST_F(TrustTest, ACasCertificateBetweenMustBeShown) {
  FileAuthority middle(folder.Path(""), "middle", &folder.authority);
  const auto below = middle.Issue("below", kCaller);
  const auto trust = *AuthorityFolder::TrustIn(ca);
  EXPECT_EQ(Refusal(*trust, AuthorityFolder::Shown(below.certificate,
                                                   {middle.certificate()})),
            "");
  EXPECT_NE(Refusal(*trust, AuthorityFolder::Shown(below.certificate)), "");
}

TEST_F(TrustTest, ACaMayBeTrustedWithoutItsRoot) {
  FileAuthority middle(folder.Path(""), "middle", &folder.authority);
  const auto below = middle.Issue("below", kCaller);
  const std::string list = middle.Revoke("list", {});
  for (const std::string& revoked : {std::string(), list}) {
    const auto trust = *AuthorityFolder::TrustIn(middle.certificate(), revoked);
    EXPECT_EQ(Refusal(*trust, AuthorityFolder::Shown(below.certificate)), "");
    EXPECT_NE(Refusal(*trust, AuthorityFolder::Shown(caller.certificate)), "");
  }
}

TEST_F(TrustTest, ARevokedCertificateIsRefused) {
  const auto other = folder.authority.Issue("other", kCaller);
  const auto trust = AuthorityFolder::TrustIn(
      ca, folder.authority.Revoke("list", {caller.certificate}));
  ASSERT_TRUE(trust.ok()) << trust.status();
  EXPECT_THAT(Refusal(**trust, AuthorityFolder::Shown(caller.certificate)),
              HasSubstr("revoked"));
  EXPECT_EQ(Refusal(**trust, AuthorityFolder::Shown(other.certificate)), "");
}

TEST_F(TrustTest, ARevokedCaBetweenTakesItsCertificatesAlong) {
  FileAuthority middle(folder.Path(""), "middle", &folder.authority);
  const auto below = middle.Issue("below", kCaller);
  folder.authority.Revoke("roots", {middle.certificate()});
  middle.Revoke("middles", {});
  folder.Write("lists.pem", ContentOf(folder.Path("roots.pem")) +
                                ContentOf(folder.Path("middles.pem")));
  const auto trust = *AuthorityFolder::TrustIn(ca, folder.Path("lists.pem"));
  EXPECT_THAT(Refusal(*trust, AuthorityFolder::Shown(below.certificate,
                                                     {middle.certificate()})),
              HasSubstr("revoked"));
}

TEST_F(TrustTest, ACaBetweenWithoutAListIsRefused) {
  FileAuthority middle(folder.Path(""), "middle", &folder.authority);
  const auto below = middle.Issue("below", kCaller);
  const auto trust =
      *AuthorityFolder::TrustIn(ca, folder.authority.Revoke("list", {}));
  EXPECT_THAT(Refusal(*trust, AuthorityFolder::Shown(below.certificate,
                                                     {middle.certificate()})),
              HasSubstr("CRL"));
}

TEST_F(TrustTest, AListPastItsNextUpdateCountsForNothing) {
  const auto trust = *AuthorityFolder::TrustIn(
      ca, folder.authority.Revoke("list", {}, absl::Minutes(10)));
  const auto shown = AuthorityFolder::Shown(caller.certificate);
  const auto good = trust->Check(shown, folder.now);
  ASSERT_TRUE(good.ok()) << good.status();
  EXPECT_LT(*good, folder.now + absl::Minutes(11));
  EXPECT_THAT(Refusal(*trust, shown, *good), HasSubstr("CRL has expired"));
}

TEST_F(TrustTest, AListOfTheFutureRevokesNow) {
  const auto other = folder.authority.Issue("other", kCaller);
  const auto trust = *AuthorityFolder::TrustIn(
      ca, folder.authority.Revoke("list", {caller.certificate}, absl::Hours(1),
                                  absl::Minutes(10)));
  EXPECT_THAT(Refusal(*trust, AuthorityFolder::Shown(caller.certificate)),
              HasSubstr("revoked"));
  EXPECT_EQ(Refusal(*trust, AuthorityFolder::Shown(other.certificate)), "");
}

TEST_F(TrustTest, AListThatIsOverIsNotTaken) {
  EXPECT_THAT(
      Unusable(ca, folder.authority.Revoke("list", {}, -absl::Seconds(10))),
      HasSubstr("next update was due"));
}

TEST_F(TrustTest, AListThatAnotherKeySignedIsNotTaken) {
  FileAuthority other(folder.Within("other"));
  EXPECT_THAT(Unusable(ca, other.Revoke("list", {})),
              HasSubstr("did not sign"));
}

TEST_F(TrustTest, AListThatIsNotTakenLeavesTlsNoErrorBehind) {
  FileAuthority other(folder.Within("other"));
  EXPECT_NE(Unusable(ca, other.Revoke("list", {})), "");
  EXPECT_EQ(ERR_peek_error(), 0U);
}

TEST_F(TrustTest, ACertificateThatIsNotACasIsNotTaken) {
  EXPECT_THAT(Unusable(caller.certificate), HasSubstr("not a CA's"));
}

TEST_F(TrustTest, WhatIsNoPemIsNamedAndNotTaken) {
  folder.Write("garbage.pem", "garbage");
  folder.Write("torn.pem", ContentOf(ca) + ContentOf(ca).substr(0, 200));
  EXPECT_THAT(Unusable(folder.Path("garbage.pem")), HasSubstr("garbage.pem"));
  EXPECT_THAT(Unusable(folder.Path("torn.pem")), HasSubstr("cannot be read"));
  EXPECT_THAT(Unusable(ca, folder.Path("garbage.pem")),
              HasSubstr("no revocation list"));
}

TEST_F(TrustTest, EachCaOfABundleIsTrusted) {
  FileAuthority other(folder.Within("other"), "other");
  const auto theirs = other.Issue("theirs", kCaller);
  folder.Write("bundle.pem", ContentOf(ca) + ContentOf(other.certificate()));
  const auto trust = *AuthorityFolder::TrustIn(folder.Path("bundle.pem"));
  EXPECT_EQ(Refusal(*trust, AuthorityFolder::Shown(caller.certificate)), "");
  EXPECT_EQ(Refusal(*trust, AuthorityFolder::Shown(theirs.certificate)), "");
}

}  // namespace
}  // namespace bursar
