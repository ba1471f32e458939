#include "server/identity/certificate_identity.h"

#include <gtest/gtest.h>
#include <openssl/err.h>

#include <string>

#include "tests/unit/identity/authority_folder.h"

namespace bursar {
namespace {

class CertificateIdentityTest : public ::testing::Test {
 protected:
  // Whom a certificate with these alternative names names; "" if nobody.
  std::string NamedBy(const std::string& names) {
    const auto issued = folder.authority.Issue("caller", names);
    const auto actor = IdentityOf(*AuthorityFolder::Load(issued.certificate));
    return actor.ok() ? actor->value() : "";
  }

  AuthorityFolder folder;
};

TEST_F(CertificateIdentityTest, ASpiffeIdIsTheCaller) {
  EXPECT_EQ(NamedBy("URI:spiffe://example.org/calendar"),
            "spiffe://example.org/calendar");
}

TEST_F(CertificateIdentityTest, ADnsNameIsTheCaller) {
  EXPECT_EQ(NamedBy("DNS:calendar.example.org"), "dns:calendar.example.org");
}

TEST_F(CertificateIdentityTest, ADnsNameHasOneSpelling) {
  EXPECT_EQ(NamedBy("DNS:Calendar.Example.ORG"), "dns:calendar.example.org");
}

TEST_F(CertificateIdentityTest, AddressesAndMailboxesSayNothing) {
  EXPECT_EQ(NamedBy("DNS:calendar,IP:127.0.0.1,email:ann@example.org"),
            "dns:calendar");
  EXPECT_EQ(NamedBy("IP:127.0.0.1"), "");
  EXPECT_EQ(NamedBy("email:ann@example.org"), "");
}

TEST_F(CertificateIdentityTest, TwoUrisNameNobody) {
  EXPECT_EQ(NamedBy("URI:spiffe://example.org/a,URI:spiffe://example.org/b"),
            "");
  EXPECT_EQ(NamedBy("URI:spiffe://example.org/a,URI:https://example.org"), "");
  EXPECT_EQ(NamedBy("URI:spiffe://example.org/a,URI:spiffe://example.org/a"),
            "");
}

TEST_F(CertificateIdentityTest, TwoDnsNamesNameNobody) {
  EXPECT_EQ(NamedBy("DNS:a.example.org,DNS:b.example.org"), "");
}

TEST_F(CertificateIdentityTest, AUriAndADnsNameNameNobody) {
  EXPECT_EQ(NamedBy("URI:spiffe://example.org/a,DNS:a.example.org"), "");
}

TEST_F(CertificateIdentityTest, AUriThatIsNoSpiffeIdNamesNobody) {
  EXPECT_EQ(NamedBy("URI:https://example.org/a"), "");
  EXPECT_EQ(NamedBy("URI:spiffe://example.org/../a"), "");
  EXPECT_EQ(NamedBy("URI:spiffe://example.org"), "");
}

TEST_F(CertificateIdentityTest, ACommonNameNamesNobody) {
  EXPECT_EQ(NamedBy(""), "");
}

TEST_F(CertificateIdentityTest, ADnsNameThatIsNotOneHostsNamesNobody) {
  EXPECT_EQ(NamedBy("DNS:*.example.org"), "");
  EXPECT_EQ(NamedBy("DNS:a..example.org"), "");
  EXPECT_EQ(NamedBy("DNS:example.org/a"), "");
}

TEST_F(CertificateIdentityTest, MalformedNamesLeaveTlsNoErrorBehind) {
  EXPECT_EQ(NamedBy("DER:0500"), "");
  EXPECT_EQ(ERR_peek_error(), 0U);
}

TEST_F(CertificateIdentityTest, ACasOwnCertificateNamesNobody) {
  EXPECT_FALSE(
      IdentityOf(*AuthorityFolder::Load(folder.authority.certificate())).ok());
}

}  // namespace
}  // namespace bursar
