// What bursar.v1.Clients is asked, validated. Pure; no locking.

#ifndef BURSAR_SERVER_RPC_CLIENTS_REQUESTS_H_
#define BURSAR_SERVER_RPC_CLIENTS_REQUESTS_H_

#include <memory>
#include <optional>

#include "absl/status/statusor.h"
#include "bursar/v1/clients.pb.h"
#include "server/core/ledger_types.h"
#include "server/rpc/listing.h"

namespace bursar {

/// A client to create, with its secret where it has one.
struct ClientCreation {
  Client client;
  std::optional<Secret> secret;
};
/// A client's new settings; `etag` is empty where any revision will do.
struct ClientUpdate {
  Client client;
  std::string etag;
  /// What the request says that it is.
  std::optional<ResponseType> response_type = std::nullopt;
};
struct ClientListing {
  Listing listing;
  ClientFilter filter;
};
struct ClientDeletion {
  ClientName name;
  bool force = false;
};
/// `data_center` is empty for the shared secret.
struct SecretReplacement {
  ClientName name;
  DataCenter data_center;
  Secret secret;
};
struct SecretRemoval {
  ClientName name;
  DataCenter data_center;
};

absl::StatusOr<ClientCreation> Validate(v1::CreateClientRequest& request);
absl::StatusOr<ClientName> Validate(v1::GetClientRequest& request);
absl::StatusOr<ClientListing> Validate(v1::ListClientsRequest& request);
absl::StatusOr<ClientUpdate> Validate(v1::UpdateClientRequest& request);
absl::StatusOr<ClientDeletion> Validate(v1::DeleteClientRequest& request);
absl::StatusOr<SecretReplacement> Validate(
    v1::ReplaceClientSecretRequest& request);
absl::StatusOr<SecretRemoval> Validate(v1::RemoveClientSecretRequest& request);

}  // namespace bursar

#endif  // BURSAR_SERVER_RPC_CLIENTS_REQUESTS_H_
