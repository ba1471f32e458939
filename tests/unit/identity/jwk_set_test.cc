#include "server/identity/jwk_set.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "tests/fakes/signing_key.h"

namespace bursar {
namespace {

const SigningKey& RsaKey() {
  static const auto& key = *new SigningKey(SigningKey::Rsa());
  return key;
}

const SigningKey& EcKey() {
  static const auto& key = *new SigningKey(SigningKey::Ec("P-256"));
  return key;
}

// How many keys of `jwks` are of use; 0 if the set is refused.
std::size_t Useful(const std::vector<std::string>& jwks) {
  const auto set = JwkSet::Parse(KeySetOf(jwks));
  return set.ok() ? set->size() : 0;
}

TEST(JwkSetTest, TakesRsaAndEllipticKeys) {
  const auto set = JwkSet::Parse(KeySetOf(
      {RsaKey().Jwk("r"), EcKey().Jwk("e"), SigningKey::Ec("P-384").Jwk("f")}));
  ASSERT_TRUE(set.ok()) << set.status();
  EXPECT_EQ(set->size(), 3u);
  EXPECT_NE(set->Find("r", "RS256"), nullptr);
  EXPECT_TRUE(set->Has("e"));
  EXPECT_FALSE(set->Has("other"));
}

TEST(JwkSetTest, AKeyForOneAlgorithmIsForNoOther) {
  const auto set =
      JwkSet::Parse(KeySetOf({RsaKey().Jwk("r", R"("alg":"RS256")")}));
  ASSERT_TRUE(set.ok());
  EXPECT_NE(set->Find("r", "RS256"), nullptr);
  EXPECT_EQ(set->Find("r", "PS256"), nullptr);
}

TEST(JwkSetTest, LeavesOutWhatIsNotForSignatures) {
  EXPECT_EQ(Useful({RsaKey().Jwk("a", R"("use":"enc")"),
                    RsaKey().Jwk("b", R"("key_ops":["encrypt"])"),
                    RsaKey().Jwk("c", R"("use":"sig","key_ops":["verify"])")}),
            1u);
}

TEST(JwkSetTest, LeavesOutSecretsThatBothSidesHave) {
  EXPECT_EQ(Useful({R"({"kty":"oct","kid":"s","k":"c2VjcmV0"})"}), 0u);
}

TEST(JwkSetTest, LeavesOutKeysWithoutAnId) {
  EXPECT_EQ(Useful({RsaKey().Jwk("")}), 0u);
}

TEST(JwkSetTest, LeavesOutEveryKeyOfAnIdThatSeveralHave) {
  EXPECT_EQ(Useful({RsaKey().Jwk("a"), EcKey().Jwk("a"), EcKey().Jwk("a"),
                    EcKey().Jwk("b")}),
            1u);
}

TEST(JwkSetTest, LeavesOutWeakRsaKeys) {
  EXPECT_EQ(Useful({SigningKey::Rsa(1024).Jwk("weak")}), 0u);
}

TEST(JwkSetTest, LeavesOutAnExponentThatMakesSignaturesOfAnything) {
  EXPECT_EQ(Useful({absl::StrReplaceAll(RsaKey().Jwk("r"),
                                        {{R"("e":"AQAB")", R"("e":"AQ")"}})}),
            0u);
}

TEST(JwkSetTest, LeavesOutAPointThatIsNotOnItsCurve) {
  EXPECT_EQ(Useful({absl::StrReplaceAll(SigningKey::Ec("P-384").Jwk("e"),
                                        {{"P-384", "P-256"}})}),
            0u);
  const std::string zeros(43, 'A');
  EXPECT_EQ(Useful({absl::StrCat(R"({"kty":"EC","kid":"z","crv":"P-256","x":")",
                                 zeros, R"(","y":")", zeros, "\"}")}),
            0u);
}

TEST(JwkSetTest, RefusesWhatIsNoKeySet) {
  for (const char* text : {"", "{", "[]", "{}", R"({"keys":{}})",
                           R"({"keys":[]})", R"({"keys":[1,null,"x"]})"}) {
    EXPECT_FALSE(JwkSet::Parse(text).ok()) << text;
  }
}

TEST(JwkSetTest, RefusesANameThatStandsTwice) {
  const std::string set = KeySetOf({RsaKey().Jwk("r")});
  ASSERT_TRUE(JwkSet::Parse(set).ok());
  EXPECT_FALSE(
      JwkSet::Parse(absl::StrCat(R"({"keys":[],)", set.substr(1))).ok());
}

TEST(JwkSetTest, RefusesWhatIsNestedTooDeep) {
  const std::string set =
      KeySetOf({RsaKey().Jwk("r", absl::StrCat("\"x\":", std::string(40, '['),
                                               std::string(40, ']')))});
  EXPECT_FALSE(JwkSet::Parse(set).ok());
}

TEST(JwkSetTest, RefusesASetThatIsTooLarge) {
  EXPECT_FALSE(
      JwkSet::Parse(
          KeySetOf({RsaKey().Jwk(
              "r", absl::StrCat(R"("x":")", std::string(300'000, 'x'), "\""))}))
          .ok());
}

}  // namespace
}  // namespace bursar
