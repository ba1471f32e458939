#include "server/upstream/authorization_url.h"

#include <sodium/crypto_hash_sha256.h>

#include <array>

#include "absl/strings/escaping.h"
#include "absl/strings/string_view.h"
#include "server/upstream/form.h"

namespace bursar {

std::string S256Challenge(const Secret& verifier) {
  const absl::string_view text = verifier.Expose();
  std::array<unsigned char, crypto_hash_sha256_BYTES> hash;
  crypto_hash_sha256(hash.data(),
                     reinterpret_cast<const unsigned char*>(text.data()),
                     text.size());
  return absl::WebSafeBase64Escape(absl::string_view(
      reinterpret_cast<const char*>(hash.data()), hash.size()));
}

std::string MakeAuthorizationUrl(const Provider& provider,
                                 const DataCenterEndpoints& data_center,
                                 const ClientIdentity& client,
                                 const Scopes& scopes, const Secret& state,
                                 const Secret& verifier) {
  Form query;
  const bool code = client.response_type == ResponseType::kCode;
  query.Add("response_type", code ? "code" : "token");
  query.Add("client_id", client.client_id);
  query.Add("redirect_uri", client.redirect_uri);
  if (!scopes.empty()) {
    query.Add("scope", scopes.Join(provider.scopes.separator));
  }
  query.Add("state", state.Expose());
  if (code && provider.pkce && !verifier.empty()) {
    query.Add("code_challenge", S256Challenge(verifier));
    query.Add("code_challenge_method", "S256");
  }
  if (code) {
    for (const auto& [name, value] : provider.authorize_parameters) {
      query.Add(name, value);
    }
  }
  const Secret url = EndpointUrl(data_center.accounts_server,
                                 provider.authorization_endpoint, query);
  return std::string(url.Expose());
}

}  // namespace bursar
