#include "sandbox/pkce.h"

#include <gtest/gtest.h>

#include <string>

namespace bursar::sandbox {
namespace {

// RFC 7636, appendix B.
constexpr char kRfcVerifier[] = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
constexpr char kChallenge[] = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

TEST(PkceTest, AcceptsTheStandardsExample) {
  EXPECT_TRUE(Verifies(kChallenge, "S256", kRfcVerifier));
}

TEST(PkceTest, RefusesAnotherVerifier) {
  std::string other = kRfcVerifier;
  other.back() = 'l';
  EXPECT_FALSE(Verifies(kChallenge, "S256", other));
  EXPECT_FALSE(Verifies(kChallenge, "S256", ""));
}

TEST(PkceTest, PlainComparesAsIs) {
  EXPECT_TRUE(Verifies(kRfcVerifier, "plain", kRfcVerifier));
  EXPECT_FALSE(Verifies(kChallenge, "plain", kRfcVerifier));
}

TEST(PkceTest, RefusesAVerifierOutsideTheStandardsLengths) {
  const std::string brief(42, 'a');
  const std::string overlong(129, 'a');
  EXPECT_FALSE(Verifies(brief, "plain", brief));
  EXPECT_FALSE(Verifies(overlong, "plain", overlong));
}

TEST(PkceTest, RefusesAVerifierThatNoChallengeAnnounced) {
  EXPECT_TRUE(Verifies("", "", ""));
  EXPECT_FALSE(Verifies("", "", kRfcVerifier));
}

}  // namespace
}  // namespace bursar::sandbox
