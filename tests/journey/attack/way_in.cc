#include "tests/journey/attack/way_in.h"

#include "absl/strings/str_cat.h"

namespace bursar::journey {
namespace {

constexpr char kReaderUri[] = "URI:spiffe://bursar.test/ns/payments/reader";

bool Everywhere(const Rpc&) { return true; }
bool OfOperators(const Rpc& rpc) { return rpc.IsOperators(); }
// Beginning a consent for another is no harm: its user is asked. Watchers name
// nobody, and hear of what they were given.
bool AboutSomebody(const Rpc& rpc) {
  return !rpc.Begins() && rpc.method->name() != "WatchRevocations";
}

Credentials NoneWhereOneIsDemanded(Stronghold& stronghold) {
  return stronghold.Showing({});
}

Credentials NoneWhereOneIsAskedFor(Stronghold& stronghold) {
  return stronghold.Bearing("");
}

Credentials ExpiredCertificate(Stronghold& stronghold) {
  return stronghold.Showing(
      stronghold.authority().Issue({.name = "expired",
                                    .subject = kReaderUri,
                                    .begins = -absl::Hours(2),
                                    .ends = -absl::Hours(1)}));
}

Credentials CertificateNotYetValid(Stronghold& stronghold) {
  return stronghold.Showing(
      stronghold.authority().Issue({.name = "early",
                                    .subject = kReaderUri,
                                    .begins = absl::Hours(1),
                                    .ends = absl::Hours(2)}));
}

Credentials CertificateOfAnotherAuthority(Stronghold& stronghold) {
  return stronghold.Showing(stronghold.Forged(kReaderUri));
}

Credentials RevokedCertificate(Stronghold& stronghold) {
  return stronghold.Showing(stronghold.revoked());
}

Credentials CertificateWithTwoIdentities(Stronghold& stronghold) {
  return stronghold.Certified(
      absl::StrCat(kReaderUri, ",DNS:", Stronghold::kOperatorHost));
}

Credentials CertificateWithTwoUris(Stronghold& stronghold) {
  return stronghold.Certified(
      absl::StrCat(kReaderUri, ",URI:spiffe://bursar.test/ns/batch/job"));
}

Credentials SpiffeIdThatIsAPrefix(Stronghold& stronghold) {
  return stronghold.Certified("URI:spiffe://bursar.test/ns/payments/read");
}

Credentials SpiffeIdThatGoesOn(Stronghold& stronghold) {
  return stronghold.Certified("URI:spiffe://bursar.test/ns/payments/reader/x");
}

Credentials SpiffeIdBesideAPattern(Stronghold& stronghold) {
  return stronghold.Certified("URI:spiffe://bursar.test/ns/batch-evil/job");
}

Credentials SpiffeIdAboveAPattern(Stronghold& stronghold) {
  return stronghold.Certified("URI:spiffe://bursar.test/ns/batch");
}

Credentials SpiffeIdOfAnotherTrustDomain(Stronghold& stronghold) {
  return stronghold.Certified(
      "URI:spiffe://bursar.test.evil/ns/payments/reader");
}

Credentials ExpiredToken(Stronghold& stronghold) {
  ServiceAccountClaims claims = Stronghold::GoodClaims();
  claims.now -= absl::Hours(2);
  return stronghold.Bearing(stronghold.TokenOf(claims));
}

Credentials TokenNotYetValid(Stronghold& stronghold) {
  ServiceAccountClaims claims = Stronghold::GoodClaims();
  claims.now += absl::Hours(1);
  return stronghold.Bearing(stronghold.TokenOf(claims));
}

Credentials TokenOfAnotherIssuer(Stronghold& stronghold) {
  ServiceAccountClaims claims = Stronghold::GoodClaims();
  claims.issuer = "https://another.test";
  return stronghold.Bearing(stronghold.TokenOf(claims));
}

Credentials TokenForAnotherAudience(Stronghold& stronghold) {
  ServiceAccountClaims claims = Stronghold::GoodClaims();
  claims.audience = "https://kubernetes.default.svc";
  return stronghold.Bearing(stronghold.TokenOf(claims));
}

Credentials TokenWithoutSignature(Stronghold& stronghold) {
  return stronghold.Bearing(bursar::TokenOf(
      R"({"alg":"none","kid":"key-1"})", Stronghold::GoodClaims().Text(), ""));
}

Credentials TokenSignedWithThePublicKey(Stronghold& stronghold) {
  return stronghold.Bearing(HmacToken(TokenHeader("HS256", "key-1"),
                                      Stronghold::GoodClaims().Text(),
                                      stronghold.signing_key().PublicPem()));
}

Credentials TokenOfAnUnknownKey(Stronghold& stronghold) {
  return stronghold.Bearing(
      stronghold.ForeignToken(TokenHeader("RS256", "foreign")));
}

Credentials TokenWhoseKeyIdIsAnAddress(Stronghold& stronghold) {
  return stronghold.Bearing(stronghold.ForeignToken(
      TokenHeader("RS256", stronghold.foreign_cluster().KeySetUrl())));
}

Credentials TokenThatSaysWhereItsKeyIs(Stronghold& stronghold) {
  return stronghold.Bearing(
      stronghold.ForeignToken(stronghold.HeaderThatLeadsAstray()));
}

Credentials TokenOfAnotherAccount(Stronghold& stronghold) {
  ServiceAccountClaims claims = Stronghold::GoodClaims();
  claims.subject = "system:serviceaccount:payments:reader2";
  return stronghold.Bearing(stronghold.TokenOf(claims));
}

Credentials RevokedApiKey(Stronghold& stronghold) {
  return stronghold.Bearing(stronghold.revoked_api_key());
}

Credentials ExpiredApiKey(Stronghold& stronghold) {
  return stronghold.Bearing(stronghold.expired_api_key());
}

Credentials ApiKeyThatNobodyMade(Stronghold& stronghold) {
  std::string key = stronghold.api_key();
  key.back() = key.back() == 'A' ? 'B' : 'A';
  return stronghold.Bearing(key);
}

Credentials AnotherCallersUser(Stronghold& stronghold) {
  return stronghold.Certified(absl::StrCat("URI:", Stronghold::kRival));
}

Credentials OperatorsRpcAsACaller(Stronghold& stronghold) {
  return stronghold.Certified(absl::StrCat("DNS:", Stronghold::kServiceHost));
}

Credentials OperatorsRpcWithAnApiKey(Stronghold& stronghold) {
  return stronghold.Bearing(stronghold.api_key());
}

}  // namespace

const std::vector<WayIn>& WaysIn() {
  using enum Barred;
  static const auto& ways = *new std::vector<WayIn>{
      {"NoCredentialWhereOneIsDemanded", kAtTheHandshake, Everywhere,
       NoneWhereOneIsDemanded},
      {"NoCredentialWhereOneIsAskedFor", kUnknown, Everywhere,
       NoneWhereOneIsAskedFor},
      {"ExpiredCertificate", kAtTheHandshake, Everywhere, ExpiredCertificate},
      {"CertificateNotYetValid", kAtTheHandshake, Everywhere,
       CertificateNotYetValid},
      {"CertificateOfAnotherAuthority", kAtTheHandshake, Everywhere,
       CertificateOfAnotherAuthority},
      {"RevokedCertificate", kUnknown, Everywhere, RevokedCertificate},
      {"CertificateWithTwoIdentities", kUnknown, Everywhere,
       CertificateWithTwoIdentities},
      {"CertificateWithTwoUris", kUnknown, Everywhere, CertificateWithTwoUris},
      {"SpiffeIdThatIsAPrefix", kNotAllowed, Everywhere, SpiffeIdThatIsAPrefix},
      {"SpiffeIdThatGoesOn", kNotAllowed, Everywhere, SpiffeIdThatGoesOn},
      {"SpiffeIdBesideAPattern", kNotAllowed, Everywhere,
       SpiffeIdBesideAPattern},
      {"SpiffeIdAboveAPattern", kNotAllowed, Everywhere, SpiffeIdAboveAPattern},
      {"SpiffeIdOfAnotherTrustDomain", kNotAllowed, Everywhere,
       SpiffeIdOfAnotherTrustDomain},
      {"ExpiredToken", kUnknown, Everywhere, ExpiredToken},
      {"TokenNotYetValid", kUnknown, Everywhere, TokenNotYetValid},
      {"TokenOfAnotherIssuer", kUnknown, Everywhere, TokenOfAnotherIssuer},
      {"TokenForAnotherAudience", kUnknown, Everywhere,
       TokenForAnotherAudience},
      {"TokenWithoutSignature", kUnknown, Everywhere, TokenWithoutSignature},
      {"TokenSignedWithThePublicKey", kUnknown, Everywhere,
       TokenSignedWithThePublicKey},
      {"TokenOfAnUnknownKey", kUnknown, Everywhere, TokenOfAnUnknownKey},
      {"TokenWhoseKeyIdIsAnAddress", kUnknown, Everywhere,
       TokenWhoseKeyIdIsAnAddress},
      {"TokenThatSaysWhereItsKeyIs", kUnknown, Everywhere,
       TokenThatSaysWhereItsKeyIs},
      {"TokenOfAnotherAccount", kNotAllowed, Everywhere, TokenOfAnotherAccount},
      {"RevokedApiKey", kUnknown, Everywhere, RevokedApiKey},
      {"ExpiredApiKey", kUnknown, Everywhere, ExpiredApiKey},
      {"ApiKeyThatNobodyMade", kUnknown, Everywhere, ApiKeyThatNobodyMade},
      {"AnotherCallersUser", kNotAllowed, AboutSomebody, AnotherCallersUser},
      {"OperatorsRpcAsACaller", kNotAllowed, OfOperators,
       OperatorsRpcAsACaller},
      {"OperatorsRpcWithAnApiKey", kNotAllowed, OfOperators,
       OperatorsRpcWithAnApiKey},
  };
  return ways;
}

}  // namespace bursar::journey
