#include "tests/journey/accounts/accounts.h"

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "tests/journey/harness/api.h"
#include "tests/journey/harness/cluster.h"
#include "tests/journey/harness/credentials.h"

namespace bursar::journey {
namespace {

constexpr char kIssuer[] = "https://cluster.test";

constexpr char kPolicy[] = R"(
rules:
  - name: account
    subjects: ["kubernetes:prod/payments/reader"]
    rpcs: [Events.ListEvents]
    clients: any
    users: any
    scopes: any
)";

}  // namespace

Accounts::Accounts()
    : authority_(folder_.path()),
      server_(authority_.Issue("broker", "DNS:localhost")) {}

void Accounts::StartBroker(const std::string& asked) {
  BrokerOptions options;
  options.accounts_server = "https://accounts.test";
  options.movable_clock = true;
  options.policy = kPolicy;
  options.listeners =
      absl::StrCat("  - address: 127.0.0.1:0\n    tls: {certificate_file: ",
                   server_.certificate, ", key_file: ", server_.key, "}\n");
  options.sections = absl::StrCat(
      "authentication:\n  kubernetes:\n    - {name: prod, issuer: \"", kIssuer,
      "\", audience: bursar, token_file: own-token, ", asked, "}\n");
  broker_ = std::make_unique<Broker>(options);
  broker_->folder().Write("own-token", Cluster::kOwnToken);
  ASSERT_TRUE(broker_->Start()) << broker_->Log();
}

std::string Accounts::TokenBy(const SigningKey& key, const std::string& id) {
  return key.Token(
      "ES256", TokenHeader("ES256", id),
      ServiceAccountClaims{
          .issuer = kIssuer, .now = absl::Now(), .life = absl::Hours(72)}
          .Text());
}

Outcome Accounts::CallBearing(const std::string& token) const {
  Api api(Connect({.target = broker_->RpcAddresses().back(),
                   .ca_file = authority_.certificate(),
                   .bearer = token}));
  return api.ListEvents(v1::ListEventsRequest()).outcome;
}

}  // namespace bursar::journey
