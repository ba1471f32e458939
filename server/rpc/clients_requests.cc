#include "server/rpc/clients_requests.h"

#include <string>
#include <utility>

#include "server/core/reason.h"
#include "server/rpc/validate.h"

namespace bursar {
namespace {

constexpr std::size_t kMaxClientIdSize = 512;
constexpr std::size_t kMaxSecretSize = 1024;
constexpr std::size_t kMaxProviderSize = 64;

absl::StatusOr<ProviderName> ReadProvider(absl::string_view field,
                                          std::string& value) {
  auto name = ReadPrintable(field, value, kMaxProviderSize);
  if (!name.ok()) return name.status();
  return ProviderName(*std::move(name));
}

absl::StatusOr<std::optional<ResponseType>> ReadResponseType(
    v1::Client::ResponseType type) {
  switch (type) {
    case v1::Client::RESPONSE_TYPE_UNSPECIFIED:
      return std::nullopt;
    case v1::Client::CODE:
      return ResponseType::kCode;
    case v1::Client::TOKEN:
      return ResponseType::kToken;
    default:  // proto3 lets any number in.
      return FieldInvalid("client.response_type",
                          "is not one that this server knows");
  }
}

// Everything that a caller may change.
absl::StatusOr<Client> ReadSettings(v1::Client& proto) {
  auto name = ReadClientName("client.name", *proto.mutable_name());
  if (!name.ok()) return name.status();
  auto client_id = ReadPrintable("client.client_id", *proto.mutable_client_id(),
                                 kMaxClientIdSize);
  if (!client_id.ok()) return client_id.status();
  auto data_center = IfGiven(ReadDataCenter, "client.data_center",
                             *proto.mutable_data_center());
  if (!data_center.ok()) return data_center.status();
  auto redirect_uri = IfGiven(ReadRedirectUri, "client.redirect_uri",
                              *proto.mutable_redirect_uri());
  if (!redirect_uri.ok()) return redirect_uri.status();
  auto scopes =
      ReadScopes("client.default_scopes", *proto.mutable_default_scopes());
  if (!scopes.ok()) return scopes.status();
  Client client;
  client.name = *std::move(name);
  client.client_id = *std::move(client_id);
  client.data_center = data_center->value_or(DataCenter());
  client.redirect_uri = redirect_uri->value_or("");
  client.default_scopes = *std::move(scopes);
  return client;
}

}  // namespace

absl::StatusOr<ClientCreation> Validate(v1::CreateClientRequest& request) {
  std::optional<Secret> secret;
  if (!request.client_secret().empty()) {
    auto given = ReadSecret("client_secret", *request.mutable_client_secret(),
                            kMaxSecretSize);
    if (!given.ok()) return given.status();
    secret = *std::move(given);
  }
  absl::StatusOr<Client> client = ReadSettings(*request.mutable_client());
  if (!client.ok()) return client.status();
  auto provider = ReadProvider("client.provider",
                               *request.mutable_client()->mutable_provider());
  if (!provider.ok()) return provider.status();
  client->provider = *std::move(provider);
  const auto type = ReadResponseType(request.client().response_type());
  if (!type.ok()) return type.status();
  client->response_type = type->value_or(ResponseType::kCode);
  return ClientCreation{*std::move(client), std::move(secret)};
}

absl::StatusOr<ClientName> Validate(v1::GetClientRequest& request) {
  return ReadClientName("name", *request.mutable_name());
}

absl::StatusOr<ClientListing> Validate(v1::ListClientsRequest& request) {
  absl::StatusOr<Listing> listing = ReadListing(request);
  if (!listing.ok()) return listing.status();
  auto provider =
      IfGiven(ReadProvider, "provider", *request.mutable_provider());
  if (!provider.ok()) return provider.status();
  return ClientListing{*std::move(listing), {*std::move(provider)}};
}

absl::StatusOr<ClientUpdate> Validate(v1::UpdateClientRequest& request) {
  v1::Client& proto = *request.mutable_client();
  absl::StatusOr<Client> client = ReadSettings(proto);
  if (!client.ok()) return client.status();
  auto provider =
      IfGiven(ReadProvider, "client.provider", *proto.mutable_provider());
  if (!provider.ok()) return provider.status();
  client->provider = provider->value_or(ProviderName());
  const auto type = ReadResponseType(proto.response_type());
  if (!type.ok()) return type.status();
  return ClientUpdate{*std::move(client), std::move(*proto.mutable_etag()),
                      *type};
}

absl::StatusOr<ClientDeletion> Validate(v1::DeleteClientRequest& request) {
  auto name = ReadClientName("name", *request.mutable_name());
  if (!name.ok()) return name.status();
  return ClientDeletion{*std::move(name), request.force()};
}

absl::StatusOr<SecretReplacement> Validate(
    v1::ReplaceClientSecretRequest& request) {
  auto secret = ReadSecret("client_secret", *request.mutable_client_secret(),
                           kMaxSecretSize);
  auto name = ReadClientName("name", *request.mutable_name());
  if (!name.ok()) return name.status();
  if (!secret.ok()) return secret.status();
  auto data_center =
      IfGiven(ReadDataCenter, "data_center", *request.mutable_data_center());
  if (!data_center.ok()) return data_center.status();
  return SecretReplacement{*std::move(name),
                           data_center->value_or(DataCenter()),
                           *std::move(secret)};
}

absl::StatusOr<SecretRemoval> Validate(v1::RemoveClientSecretRequest& request) {
  auto name = ReadClientName("name", *request.mutable_name());
  if (!name.ok()) return name.status();
  auto data_center =
      ReadDataCenter("data_center", *request.mutable_data_center());
  if (!data_center.ok()) return data_center.status();
  return SecretRemoval{*std::move(name), *std::move(data_center)};
}

}  // namespace bursar
