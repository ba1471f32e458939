#include "server/core/issued_token.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace bursar {

AccessToken Copy(const AccessToken& token) {
  return {token.value.Clone(), token.token_type, token.scopes,
          token.api_domain,    token.obtained,   token.expiry};
}

std::shared_ptr<const IssuedToken> Issue(const Grant& grant, int64_t generation,
                                         AccessToken token,
                                         const Provider& provider) {
  auto issued = std::make_shared<IssuedToken>();
  issued->grant = grant.id;
  issued->generation = generation;
  issued->authorization = Secret::Take(
      absl::StrCat(provider.authorization_scheme, " ", token.value.Expose()));
  issued->token = std::move(token);
  if (issued->token.scopes.empty()) issued->token.scopes = grant.scopes;
  return issued;
}

std::optional<TokenLife> LifeOf(
    const std::shared_ptr<const IssuedToken>& token) {
  if (!token) return std::nullopt;
  return TokenLife{token->generation, token->token.obtained,
                   token->token.expiry};
}

ClientIdentity IdentityOf(const Client& client,
                          const std::optional<Secret>& client_secret,
                          const DataCenter& data_center,
                          const std::string& callback_uri) {
  return {client.provider,
          data_center,
          client.client_id,
          client_secret ? std::optional(client_secret->Clone()) : std::nullopt,
          client.redirect_uri.empty() ? callback_uri : client.redirect_uri,
          client.response_type};
}

}  // namespace bursar
