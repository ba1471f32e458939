// What happens to a client inside one transaction: the change and its event.
// Each may be run again from the start. Not thread-safe, like the Ledger.

#ifndef BURSAR_SERVER_RPC_CLIENT_CHANGES_H_
#define BURSAR_SERVER_RPC_CLIENT_CHANGES_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/core/ledger.h"
#include "server/core/provider.h"
#include "server/rpc/call.h"
#include "server/rpc/clients_requests.h"

namespace bursar {

/// Checks that the client's provider is configured, has its data centre, and
/// knows its response type; fills in the provider's default where it names
/// none.
absl::Status CompleteClient(Client& client, const Providers& providers);

/// `creation.client` is complete.
absl::StatusOr<Client> CreateClient(const ClientCreation& creation,
                                    const Call& call, Ledger& ledger);

absl::StatusOr<Client> UpdateClient(const ClientUpdate& update,
                                    const Providers& providers,
                                    const Call& call, Ledger& ledger);

absl::StatusOr<Client> ReplaceClientSecret(const SecretReplacement& replacement,
                                           const Providers& providers,
                                           const Call& call, Ledger& ledger);

absl::StatusOr<Client> RemoveClientSecret(const SecretRemoval& removal,
                                          const Call& call, Ledger& ledger);

/// Refuses with kClientInUse while a grant of the client's is active.
absl::Status DeleteClient(const ClientName& name, const Call& call,
                          Ledger& ledger);

}  // namespace bursar

#endif  // BURSAR_SERVER_RPC_CLIENT_CHANGES_H_
