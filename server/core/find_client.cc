#include "server/core/find_client.h"

#include "server/core/freshness.h"
#include "server/core/reason.h"

namespace bursar {
namespace {

// When it is worth asking again for a provider that is still looked up.
constexpr absl::Duration kDiscoveryPatience = absl::Seconds(5);

}  // namespace

absl::StatusOr<Client> FindClient(const ClientName& name, Ledger& ledger) {
  auto client = ledger.clients().Get(name);
  if (absl::IsNotFound(client.status())) {
    return NotFound("client", "no such client: see Clients.ListClients");
  }
  return client;
}

absl::StatusOr<const Provider*> FindProvider(const Client& client,
                                             const Providers& providers) {
  const Provider* provider = providers.Find(client.provider);
  if (provider == nullptr) return RefusalOfMisconfiguration("PROVIDER");
  if (!provider->discovered) {
    return ToStatus({Reason::kProviderUnreachable,
                     "the provider's metadata has not come yet: see the log of "
                     "bursard",
                     kDiscoveryPatience,
                     {},
                     {}});
  }
  return provider;
}

DataCenter HomeOf(const Client& client, const Provider& provider) {
  return client.data_center.empty() ? provider.default_data_center
                                    : client.data_center;
}

absl::StatusOr<Scopes> ScopesOr(const Scopes& asked, const Client& client,
                                const Provider& provider) {
  const Scopes& scopes = asked.empty() ? client.default_scopes : asked;
  if (!scopes.empty() || provider.scopes.optional) return scopes;
  return FieldInvalid("scopes", "required: the client has no default scopes");
}

}  // namespace bursar
