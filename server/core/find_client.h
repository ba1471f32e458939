// Who a consent is given to: a client and its provider, found or refused. Pure
// over a Ledger; no locking.

#ifndef BURSAR_SERVER_CORE_FIND_CLIENT_H_
#define BURSAR_SERVER_CORE_FIND_CLIENT_H_

#include "absl/status/statusor.h"
#include "server/core/ledger.h"
#include "server/core/provider.h"
#include "server/core/types.h"

namespace bursar {

/// The client of that name. Refuses with kResourceNotFound.
absl::StatusOr<Client> FindClient(const ClientName& name, Ledger& ledger);

/// The client's provider. Refuses with kClientMisconfigured if it is no longer
/// configured, kProviderUnreachable while its metadata is awaited.
absl::StatusOr<const Provider*> FindProvider(const Client& client,
                                             const Providers& providers);

/// Where the client's consents begin.
DataCenter HomeOf(const Client& client, const Provider& provider);

/// `asked`, or the client's default scopes if that is empty. Refuses with
/// kFieldInvalid if there are none, unless the provider does without.
absl::StatusOr<Scopes> ScopesOr(const Scopes& asked, const Client& client,
                                const Provider& provider);

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_FIND_CLIENT_H_
