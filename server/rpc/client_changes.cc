#include "server/rpc/client_changes.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "server/core/event.h"
#include "server/core/reason.h"
#include "server/messages/clients.h"
#include "server/rpc/ledger_answer.h"

namespace bursar {
namespace {

absl::Status Record(absl::string_view kind, const ClientName& client,
                    const Call& call, Ledger& ledger) {
  Event event;
  event.time = call.now;
  event.kind = std::string(kind);
  event.actor = call.actor;
  event.client = client;
  event.outcome = "ok";
  return ledger.events().Append(event);
}

// The changed client, once the change has its event.
absl::StatusOr<Client> Recorded(absl::StatusOr<Client> changed,
                                absl::string_view kind, const ClientName& name,
                                const Call& call, Ledger& ledger) {
  if (!changed.ok()) return Explain(changed.status(), "client", name.value());
  absl::Status recorded = Record(kind, name, call, ledger);
  if (!recorded.ok()) return recorded;
  return changed;
}

absl::StatusOr<const Provider*> ProviderOf(const Client& client,
                                           const Providers& providers) {
  const Provider* provider = providers.Find(client.provider);
  if (provider != nullptr) return provider;
  return NotFound("provider",
                  absl::StrCat("no provider ", client.provider.value(),
                               " in the configuration"));
}

absl::Status CheckDataCenter(absl::string_view field,
                             const DataCenter& data_center,
                             const Provider& provider) {
  if (provider.data_centers.contains(data_center)) return absl::OkStatus();
  return FieldInvalid(field, absl::StrCat("is not one of the data centres of ",
                                          provider.name.value()));
}

}  // namespace

absl::Status CompleteClient(Client& client, const Providers& providers) {
  const auto provider = ProviderOf(client, providers);
  if (!provider.ok()) return provider.status();
  if (client.data_center.empty()) {
    client.data_center = (*provider)->default_data_center;
  }
  absl::Status fit =
      CheckDataCenter("client.data_center", client.data_center, **provider);
  if (!fit.ok()) return fit;
  if (client.response_type == ResponseType::kToken && !(*provider)->implicit) {
    return FieldInvalid(
        "client.response_type",
        absl::StrCat(client.provider.value(), " has no implicit flow"));
  }
  return absl::OkStatus();
}

absl::StatusOr<Client> CreateClient(const ClientCreation& creation,
                                    const Call& call, Ledger& ledger) {
  const Client& client = creation.client;
  return Recorded(ledger.clients().Create(client, creation.secret, call.now),
                  "client.created", client.name, call, ledger);
}

absl::StatusOr<Client> UpdateClient(const ClientUpdate& update,
                                    const Providers& providers,
                                    const Call& call, Ledger& ledger) {
  Client client = update.client;
  const std::string& name = client.name.value();
  const absl::StatusOr<Client> current = ledger.clients().Get(client.name);
  if (!current.ok()) return Explain(current.status(), "client", name);
  if (!update.etag.empty() && update.etag != EtagOf(current->revision)) {
    return Explain(absl::AbortedError(""), "client", name);
  }
  if (!client.provider.empty() && client.provider != current->provider) {
    return FieldInvalid("client.provider", "cannot be changed");
  }
  if (update.response_type && *update.response_type != current->response_type) {
    return FieldInvalid("client.response_type", "cannot be changed");
  }
  client.provider = current->provider;
  client.response_type = current->response_type;
  client.revision = current->revision;
  absl::Status complete = CompleteClient(client, providers);
  if (!complete.ok()) return complete;
  return Recorded(ledger.clients().Update(client, call.now), "client.updated",
                  client.name, call, ledger);
}

absl::StatusOr<Client> ReplaceClientSecret(const SecretReplacement& replacement,
                                           const Providers& providers,
                                           const Call& call, Ledger& ledger) {
  const auto& [name, data_center, secret] = replacement;
  if (!data_center.empty()) {
    const absl::StatusOr<Client> client = ledger.clients().Get(name);
    if (!client.ok()) return Explain(client.status(), "client", name.value());
    const auto provider = ProviderOf(*client, providers);
    if (!provider.ok()) return provider.status();
    absl::Status known =
        CheckDataCenter("data_center", data_center, **provider);
    if (!known.ok()) return known;
  }
  return Recorded(
      ledger.client_secrets().Replace(name, data_center, secret, call.now),
      "client.secret_replaced", name, call, ledger);
}

absl::StatusOr<Client> RemoveClientSecret(const SecretRemoval& removal,
                                          const Call& call, Ledger& ledger) {
  return Recorded(ledger.client_secrets().Remove(removal.name,
                                                 removal.data_center, call.now),
                  "client.secret_removed", removal.name, call, ledger);
}

absl::Status DeleteClient(const ClientName& name, const Call& call,
                          Ledger& ledger) {
  absl::Status deleted = ledger.clients().Delete(name, call.now);
  if (absl::IsFailedPrecondition(deleted)) {
    return ToStatus({Reason::kClientInUse,
                     absl::StrCat("the client ", name.value(),
                                  " has living grants: revoke them first, or "
                                  "set force"),
                     {},
                     {},
                     {}});
  }
  if (!deleted.ok()) return Explain(deleted, "client", name.value());
  return Record(event::kClientDeleted, name, call, ledger);
}

}  // namespace bursar
