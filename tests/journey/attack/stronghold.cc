#include "tests/journey/attack/stronghold.h"

#include <filesystem>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gtest/gtest.h"
#include "tests/fakes/eventually.h"
#include "tests/journey/harness/browser.h"
#include "tests/journey/harness/journey.h"

namespace bursar::journey {
namespace {

constexpr char kKeyId[] = "key-1";

std::string UriOf(const std::string& spiffe_id) {
  return absl::StrCat("URI:", spiffe_id);
}

std::string HostName(const std::string& host) {
  return absl::StrCat("DNS:", host);
}

std::string RuleOf(const std::string& name, const std::string& subjects,
                   const std::string& rpcs, const std::string& users) {
  return absl::StrCat("  - {name: ", name, ", subjects: [", subjects,
                      "], rpcs: [", rpcs, "], clients: any, users: ", users,
                      ", scopes: any}\n");
}

// Callers told apart in every way that the policy has.
std::string PolicyText() {
  return absl::StrCat(
      Stronghold::PolicyWithoutTheService(),
      RuleOf("service",
             absl::StrCat(
                 "\"dns:", Stronghold::kServiceHost,
                 "\", \"kubernetes:", Stronghold::kCluster,
                 "/payments/reader\", \"api-key:", Stronghold::kKeyName, "\""),
             "callers", "any"));
}

// In place, as whoever renews certificates does it.
void Replace(const std::string& from, const std::string& to) {
  std::filesystem::rename(from, to);
}

}  // namespace

Stronghold::Stronghold()
    : authority_(folder_.path()),
      forger_(folder_.path(), "forger"),
      signing_key_(SigningKey::Rsa()),
      foreign_key_(SigningKey::Rsa()),
      server_(authority_.Issue("broker", HostName("localhost"))),
      revoked_(authority_.Issue("revoked", UriOf(kReader))),
      revocations_(authority_.Revoke("revocations", {revoked_.certificate})),
      cluster_(server_),
      foreign_cluster_(server_),
      sandbox_(Unlimited()) {
  cluster_.Publish(KeySetOf({signing_key_.Jwk(kKeyId)}));
  foreign_cluster_.Publish(KeySetOf({foreign_key_.Jwk("foreign")}));
  Open();
}

BrokerOptions Stronghold::Options() {
  const std::string tls = absl::StrCat(
      "{certificate_file: ", server_.certificate, ", key_file: ", server_.key,
      ", client_ca_file: ", authority_.certificate(),
      ", client_crl_file: ", revocations_, "}");
  BrokerOptions options;
  options.accounts_server = sandbox_.url();
  options.movable_clock = true;
  options.policy = PolicyText();
  options.listeners = absl::StrCat(
      "  - address: 127.0.0.1:0\n    tls: ", tls,
      "\n"
      "  - address: 127.0.0.1:0\n    client_certificates: optional\n    tls: ",
      tls, "\n");
  options.sections = absl::StrCat(
      "authentication:\n  api_keys: true\n  kubernetes:\n    - {name: ",
      kCluster, ", issuer: \"", kIssuer, "\", audience: bursar, jwks_url: \"",
      cluster_.KeySetUrl(), "\", ca_file: ", authority_.certificate(), "}\n");
  return options;
}

void Stronghold::Open() {
  ASSERT_TRUE(sandbox_.Start()) << sandbox_.process().Errors();
  broker_ = std::make_unique<Broker>(Options());
  ASSERT_TRUE(broker_->Start()) << broker_->Log();
  ReadAddresses();
  operators_ =
      std::make_unique<Api>(Connect(Certified(HostName(kOperatorHost))));
  reader_ = std::make_unique<Api>(Connect(Certified(UriOf(kReader))));

  const RegisteredClient registered = sandbox_.Register(broker_->CallbackUri());
  v1::CreateClientRequest client;
  client.mutable_client()->set_name(kClient);
  client.mutable_client()->set_provider("cliq");
  client.mutable_client()->set_client_id(registered.id);
  client.set_client_secret(registered.secret);
  const auto created = operators_->CreateClient(client);
  ASSERT_TRUE(created.ok()) << created.outcome;

  Consent();
  MakeApiKeys();
}

void Stronghold::Consent() {
  v1::BeginConsentRequest consent;
  consent.set_user(kAnn);
  consent.set_client(kClient);
  consent.add_scopes(kRead);
  const auto begun = reader_->BeginConsent(consent);
  ASSERT_TRUE(begun.ok()) << begun.outcome;
  Browser browser;
  const Page page = browser.Press(browser.Open(begun.value.authorization_url()),
                                  "Accept", {{"user", kAnn}});
  ASSERT_EQ(page.status, 200) << page.body;
  const auto token = reader_->GetToken(TokenRequest(kAnn, {kRead}));
  ASSERT_TRUE(token.ok()) << token.outcome;
  grant_ = token.value.grant();
}

void Stronghold::MakeApiKeys() {
  api_key_ = MakeApiKey(absl::Hours(1)).key();
  const v1::CreateApiKeyResponse revoked = MakeApiKey(absl::Hours(1));
  revoked_api_key_ = revoked.key();
  v1::RevokeApiKeyRequest revoke;
  revoke.set_id(revoked.api_key().id());
  const auto ended = operators_->RevokeApiKey(revoke);
  ASSERT_TRUE(ended.ok()) << ended.outcome;
  // The shortest life that there is; of what else is shown here none is over by
  // then.
  expired_api_key_ = MakeApiKey(absl::Minutes(1)).key();
  broker_->MoveClock(absl::Minutes(1));
}

v1::CreateApiKeyResponse Stronghold::MakeApiKey(absl::Duration life) {
  v1::CreateApiKeyRequest request;
  request.set_name(kKeyName);
  request.mutable_ttl()->set_seconds(absl::ToInt64Seconds(life));
  const auto made = operators_->CreateApiKey(request);
  EXPECT_TRUE(made.ok()) << made.outcome;
  return made.value;
}

void Stronghold::ReadAddresses() {
  const std::vector<std::string> addresses = broker_->RpcAddresses();
  ASSERT_EQ(addresses.size(), 3u);
  demanding_ = addresses[1];
  asking_ = addresses[2];
}

Credentials Stronghold::Showing(const CertificateFiles& files) const {
  return {.target = demanding_,
          .ca_file = authority_.certificate(),
          .certificate_file = files.certificate,
          .key_file = files.key};
}

Credentials Stronghold::Certified(const std::string& subject) {
  return Showing(authority_.Issue(absl::StrCat("caller-", ++issued_), subject));
}

Credentials Stronghold::Bearing(const std::string& bearer) const {
  return {
      .target = asking_, .ca_file = authority_.certificate(), .bearer = bearer};
}

std::string Stronghold::TokenOf(const ServiceAccountClaims& claims) const {
  return signing_key_.Token("RS256", TokenHeader("RS256", kKeyId),
                            claims.Text());
}

std::string Stronghold::ForeignToken(const std::string& header) const {
  return foreign_key_.Token("RS256", header, GoodClaims().Text());
}

std::string Stronghold::HeaderThatLeadsAstray() const {
  return absl::StrCat(R"({"alg":"RS256","kid":"foreign","jku":")",
                      foreign_cluster_.KeySetUrl(), R"("})");
}

ServiceAccountClaims Stronghold::GoodClaims() {
  ServiceAccountClaims claims;
  claims.issuer = kIssuer;
  claims.subject = kAccount;
  claims.now = absl::Now();
  return claims;
}

std::string Stronghold::PolicyWithoutTheService() {
  return absl::StrCat(
      "limits:\n"
      "  default: {calls_per_second: 1000000, in_flight: 1000000, "
      "refreshes_per_minute: 1000000}\n"
      "rules:\n",
      RuleOf("own", absl::StrCat("\"", kReader, "\", \"", kRival, "\""),
             "callers", "own"),
      RuleOf("team", "\"spiffe://bursar.test/ns/batch/*\"", "callers", "any"),
      RuleOf("operators", absl::StrCat("\"dns:", kOperatorHost, "\""),
             "callers, operators", "any"));
}

void Stronghold::RevokeCertificate(const CertificateFiles& files) {
  Replace(authority_.Revoke("more-revocations",
                            {revoked_.certificate, files.certificate}),
          revocations_);
}

void Stronghold::ReplaceServerCertificate() {
  const CertificateFiles renewed = authority_.Issue(
      absl::StrCat("renewed-", ++issued_), HostName("localhost"));
  Replace(renewed.certificate, server_.certificate);
  Replace(renewed.key, server_.key);
}

void Stronghold::BreakServerKey() {
  Replace(authority_.Issue("another", HostName("localhost")).key, server_.key);
}

CertificateFiles Stronghold::Forged(const std::string& subject) {
  return forger_.Issue(absl::StrCat("forged-", ++issued_), subject);
}

}  // namespace bursar::journey
