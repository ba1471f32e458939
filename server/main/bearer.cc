#include "server/main/bearer.h"

#include <utility>

#include "server/identity/reviewed_tokens.h"
#include "server/identity/signed_tokens.h"

namespace bursar {

absl::StatusOr<std::unique_ptr<Bearer>> Bearer::Start(
    const AuthenticationSettings& settings, const Needs& needs) {
  std::unique_ptr<Bearer> bearer(new Bearer(needs));
  absl::Status loaded = bearer->api_keys_.Load(needs.clock.Now());
  if (!loaded.ok()) return loaded;
  for (const KubernetesIssuer& cluster : settings.kubernetes) {
    absl::Status added = bearer->Add(cluster);
    if (!added.ok()) return added;
  }
  std::vector<TokenJudge*> judges;
  for (const auto& judge : bearer->judges_) judges.push_back(judge.get());
  bearer->tokens_ = std::make_unique<BearerTokens>(
      settings.api_keys ? &bearer->api_keys_ : nullptr, std::move(judges),
      needs.random);
  for (const auto& keys : bearer->keys_) keys->Start();
  return bearer;
}

absl::Status Bearer::Add(const KubernetesIssuer& cluster) {
  const bool by_key = !cluster.jwks_url.empty();
  auto endpoint = CurlEndpoint::Create(
      {by_key ? cluster.jwks_url : cluster.token_review_url, cluster.ca_file,
       cluster.token_file});
  if (!endpoint.ok()) return endpoint.status();
  endpoints_.push_back(*std::move(endpoint));
  HttpsEndpoint& asked = *endpoints_.back();
  TokenIssuer issuer{cluster.name, cluster.issuer, cluster.audience};
  if (!by_key) {
    judges_.push_back(std::make_unique<ReviewedTokens>(
        std::move(issuer), asked, cluster.review_lifetime));
    return absl::OkStatus();
  }
  keys_.push_back(std::make_unique<IssuerKeys>(cluster.name, asked,
                                               needs_.executor, needs_.clock));
  judges_.push_back(
      std::make_unique<SignedTokens>(std::move(issuer), *keys_.back()));
  return absl::OkStatus();
}

}  // namespace bursar
