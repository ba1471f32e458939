#include "server/identity/jwt.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "tests/fakes/signing_key.h"

namespace bursar {
namespace {

class JwtTest : public ::testing::Test {
 protected:
  static const SigningKey& Key() {
    static const auto& key = *new SigningKey(SigningKey::Rsa());
    return key;
  }

  static JwkSet Keys() { return *JwkSet::Parse(KeySetOf({Key().Jwk("k")})); }

  std::string Claims() const { return ServiceAccountClaims{.now = now}.Text(); }

  // Whether `token` is one, and signed by a key of `keys`.
  static bool IsGood(const std::string& token, const JwkSet& keys = Keys()) {
    const auto parsed = ParseJwt(token);
    return parsed.ok() && VerifySignature(*parsed, keys).ok();
  }

  const absl::Time now = absl::FromUnixSeconds(1'800'000'000);
};

TEST_F(JwtTest, EveryAlgorithmThatIsTakenVerifies) {
  const SigningKey p256 = SigningKey::Ec("P-256");
  const SigningKey p384 = SigningKey::Ec("P-384");
  const auto keys = JwkSet::Parse(
      KeySetOf({Key().Jwk("rsa"), p256.Jwk("p256"), p384.Jwk("p384")}));
  ASSERT_TRUE(keys.ok());
  for (const char* algorithm :
       {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"}) {
    EXPECT_TRUE(IsGood(
        Key().Token(algorithm, TokenHeader(algorithm, "rsa"), Claims()), *keys))
        << algorithm;
  }
  EXPECT_TRUE(IsGood(
      p256.Token("ES256", TokenHeader("ES256", "p256"), Claims()), *keys));
  EXPECT_TRUE(IsGood(
      p384.Token("ES384", TokenHeader("ES384", "p384"), Claims()), *keys));
}

TEST_F(JwtTest, SaysWhatItsClaimsSay) {
  const auto token =
      ParseJwt(Key().Token("RS256", TokenHeader("RS256", "k"), Claims()));
  ASSERT_TRUE(token.ok()) << token.status();
  EXPECT_EQ(token->algorithm, "RS256");
  EXPECT_EQ(token->key_id, "k");
  EXPECT_EQ(token->issuer, "https://cluster.test");
  EXPECT_EQ(token->subject, "system:serviceaccount:payments:reader");
  EXPECT_EQ(token->audiences, std::vector<std::string>{"bursar"});
  EXPECT_EQ(token->expiry, now + absl::Hours(1));
  EXPECT_EQ(token->not_before, now);
  EXPECT_EQ(token->issued, now);
}

TEST_F(JwtTest, RefusesAlgorithmNone) {
  EXPECT_FALSE(IsGood(TokenOf(TokenHeader("none", "k"), Claims(), "")));
  EXPECT_FALSE(
      IsGood(Key().Token("RS256", TokenHeader("none", "k"), Claims())));
  EXPECT_FALSE(
      IsGood(Key().Token("RS256", TokenHeader("None", "k"), Claims())));
}

TEST_F(JwtTest, RefusesHs256SignedWithThePublicKey) {
  EXPECT_FALSE(IsGood(
      HmacToken(TokenHeader("HS256", "k"), Claims(), Key().PublicPem())));
}

TEST_F(JwtTest, RefusesAnAlgorithmOfAnotherKindOfKey) {
  const SigningKey p256 = SigningKey::Ec("P-256");
  const auto keys = JwkSet::Parse(KeySetOf({p256.Jwk("e"), Key().Jwk("r")}));
  ASSERT_TRUE(keys.ok());
  // Signed well, and said to be by the other key.
  EXPECT_FALSE(
      IsGood(p256.Token("ES256", TokenHeader("ES256", "r"), Claims()), *keys));
  EXPECT_FALSE(
      IsGood(Key().Token("RS256", TokenHeader("RS256", "e"), Claims()), *keys));
}

TEST_F(JwtTest, RefusesAnAlgorithmOfAnotherCurve) {
  const SigningKey p256 = SigningKey::Ec("P-256");
  const auto keys = JwkSet::Parse(KeySetOf({p256.Jwk("e")}));
  ASSERT_TRUE(keys.ok());
  // Good but for the curve: the two numbers are as long as ES384 has them.
  const auto parsed =
      ParseJwt(p256.Token("ES384", TokenHeader("ES384", "e"), Claims()));
  ASSERT_TRUE(parsed.ok());
  const std::string pad(16, '\0');
  EXPECT_FALSE(IsGood(TokenOf(TokenHeader("ES384", "e"), Claims(),
                              pad + parsed->signature.substr(0, 32) + pad +
                                  parsed->signature.substr(32)),
                      *keys));
}

TEST_F(JwtTest, RefusesASignatureMadeInAnotherWayThanItSays) {
  EXPECT_FALSE(
      IsGood(Key().Token("PS256", TokenHeader("RS256", "k"), Claims())));
  EXPECT_FALSE(
      IsGood(Key().Token("RS512", TokenHeader("RS256", "k"), Claims())));
}

TEST_F(JwtTest, RefusesAKeyThatTheIssuerDoesNotHave) {
  const SigningKey other = SigningKey::Rsa();
  EXPECT_FALSE(
      IsGood(other.Token("RS256", TokenHeader("RS256", "other"), Claims())));
  EXPECT_FALSE(
      IsGood(other.Token("RS256", TokenHeader("RS256", "k"), Claims())));
}

TEST_F(JwtTest, RefusesATokenThatNamesNoKey) {
  EXPECT_FALSE(IsGood(Key().Token("RS256", R"({"alg":"RS256"})", Claims())));
}

TEST_F(JwtTest, AKeyThatTheTokenBringsAlongIsNotLookedAt) {
  const SigningKey own = SigningKey::Rsa();
  const std::string header =
      absl::StrCat(R"({"alg":"RS256","kid":"mine","jwk":)", own.Jwk("mine"),
                   R"(,"jku":"https://evil.test/keys",)",
                   R"("x5u":"https://evil.test/cert","x5c":["AAAA"]})");
  EXPECT_FALSE(IsGood(own.Token("RS256", header, Claims())));
}

TEST_F(JwtTest, WhereToFindAKeyIsNoReasonToRefuseAGoodOne) {
  EXPECT_TRUE(IsGood(Key().Token(
      "RS256", R"({"alg":"RS256","kid":"k","jku":"https://evil.test/keys"})",
      Claims())));
}

TEST_F(JwtTest, RefusesAChangedPayload) {
  const std::string header = TokenHeader("RS256", "k");
  const std::string good = Key().Token("RS256", header, Claims());
  const std::string signature = good.substr(good.rfind('.'));
  const std::string changed =
      ServiceAccountClaims{.subject = "system:serviceaccount:payments:admin",
                           .now = now}
          .Text();
  EXPECT_FALSE(
      IsGood(absl::StrCat(absl::WebSafeBase64Escape(header), ".",
                          absl::WebSafeBase64Escape(changed), signature)));
}

TEST_F(JwtTest, RefusesAChangedSignature) {
  const std::string good =
      Key().Token("RS256", TokenHeader("RS256", "k"), Claims());
  for (const std::size_t place : {good.size() - 300, good.size() - 100}) {
    std::string bad = good;
    bad[place] = bad[place] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(IsGood(bad)) << place;
  }
  EXPECT_FALSE(IsGood(good.substr(0, good.rfind('.') + 1)));
}

TEST_F(JwtTest, RefusesASecondSpellingOfTheSameToken) {
  const std::string good =
      Key().Token("RS256", TokenHeader("RS256", "k"), Claims());
  ASSERT_TRUE(IsGood(good));
  EXPECT_FALSE(ParseJwt(good + "=").ok());
  EXPECT_FALSE(ParseJwt(good + " ").ok());
  EXPECT_FALSE(ParseJwt("\n" + good).ok());
}

TEST_F(JwtTest, RefusesAnEllipticSignatureOfTheWrongLength) {
  const SigningKey p256 = SigningKey::Ec("P-256");
  const auto keys = JwkSet::Parse(KeySetOf({p256.Jwk("e")}));
  ASSERT_TRUE(keys.ok());
  for (const std::size_t size : {0, 63, 65, 70}) {
    EXPECT_FALSE(IsGood(
        TokenOf(TokenHeader("ES256", "e"), Claims(), std::string(size, '\x01')),
        *keys))
        << size;
  }
  EXPECT_FALSE(IsGood(
      TokenOf(TokenHeader("ES256", "e"), Claims(), std::string(64, '\0')),
      *keys));
}

TEST_F(JwtTest, RefusesAnExtensionThatMustBeUnderstood) {
  EXPECT_FALSE(
      ParseJwt(Key().Token("RS256",
                           R"({"alg":"RS256","kid":"k","crit":["b64"]})",
                           Claims()))
          .ok());
}

TEST_F(JwtTest, RefusesAClaimThatStandsTwice) {
  EXPECT_FALSE(ParseJwt(Key().Token("RS256", TokenHeader("RS256", "k"),
                                    R"({"iss":"a","sub":"x","sub":"y"})"))
                   .ok());
}

TEST_F(JwtTest, RefusesClaimsOfTheWrongType) {
  for (const char* claims :
       {R"({"iss":1})", R"({"iss":""})", R"({"sub":"x"})",
        R"({"iss":"a","aud":1})", R"({"iss":"a","aud":[1]})",
        R"({"iss":"a","exp":"never"})", R"({"iss":"a","exp":-1})",
        R"({"iss":"a","exp":1e300})", R"({"iss":"a","nbf":null})",
        R"({"iss":"a","iat":[]})"}) {
    EXPECT_FALSE(
        ParseJwt(Key().Token("RS256", TokenHeader("RS256", "k"), claims)).ok())
        << claims;
  }
}

TEST_F(JwtTest, RefusesWhatIsNoToken) {
  for (const char* text : {"", ".", "..", "a.b", "a.b.c", "a.b.c.d",
                           "bnVsbA.bnVsbA.bnVsbA", "W10.W10.W10"}) {
    EXPECT_FALSE(ParseJwt(text).ok()) << text;
  }
}

TEST_F(JwtTest, RefusesATokenThatIsTooLarge) {
  const std::string claims =
      absl::StrCat(R"({"iss":"a","x":")", std::string(20'000, 'x'), "\"}");
  EXPECT_FALSE(
      ParseJwt(Key().Token("RS256", TokenHeader("RS256", "k"), claims)).ok());
}

TEST_F(JwtTest, ARefusalRepeatsNothingOfTheToken) {
  const std::string token = TokenOf(R"({"alg":"weird-alg","kid":"weird-kid"})",
                                    R"({"iss":"weird-iss"})", "weird");
  const auto parsed = ParseJwt(token);
  ASSERT_TRUE(parsed.ok());
  EXPECT_EQ(VerifySignature(*parsed, Keys()).message().find("weird"),
            absl::string_view::npos);
}

}  // namespace
}  // namespace bursar
