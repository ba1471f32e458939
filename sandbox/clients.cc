#include "sandbox/clients.h"

#include <algorithm>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace bursar::sandbox {
namespace {

struct TypeName {
  ClientType type;
  absl::string_view name;
};
constexpr TypeName kTypeNames[] = {
    {ClientType::kServerBased, "server-based"},
    {ClientType::kClientBased, "client-based"},
    {ClientType::kMobileBased, "mobile-based"},
    {ClientType::kNonBrowser, "non-browser"},
    {ClientType::kSelfClient, "self-client"},
};

bool NeedsRedirect(ClientType type) {
  return type == ClientType::kServerBased || type == ClientType::kClientBased ||
         type == ClientType::kMobileBased;
}

bool GetsSecret(ClientType type) {
  return type != ClientType::kClientBased && type != ClientType::kMobileBased;
}

// A mobile app may be reached by a scheme of its own (RFC 8252 section 7.1).
bool IsRedirect(absl::string_view uri, ClientType type) {
  if (uri.find_first_of("# \t\r\n\"<>") != absl::string_view::npos) {
    return false;
  }
  for (absl::string_view scheme : {"https://", "http://"}) {
    if (absl::StartsWith(uri, scheme)) return uri.size() > scheme.size();
  }
  return type == ClientType::kMobileBased &&
         uri.find(':') != absl::string_view::npos &&
         !absl::StartsWith(uri, "javascript:") &&
         !absl::StartsWith(uri, "data:");
}

}  // namespace

std::string ToName(ClientType type) {
  for (const TypeName& known : kTypeNames) {
    if (known.type == type) return std::string(known.name);
  }
  return "";
}

std::optional<ClientType> ClientTypeOf(absl::string_view name) {
  for (const TypeName& known : kTypeNames) {
    if (known.name == name) return known.type;
  }
  return std::nullopt;
}

bool Client::Redirects(absl::string_view uri) const {
  const auto& uris = registration.redirect_uris;
  return std::find(uris.begin(), uris.end(), uri) != uris.end();
}

bool Client::IsKnownAt(absl::string_view location) const {
  const auto& known = registration.data_centers;
  return std::find(known.begin(), known.end(), location) != known.end();
}

absl::StatusOr<Client> Clients::Register(Registration registration,
                                         Issuer& issuer) {
  if (registration.name.empty()) {
    return absl::InvalidArgumentError("a client needs a name");
  }
  for (const std::string& uri : registration.redirect_uris) {
    if (!IsRedirect(uri, registration.type)) {
      return absl::InvalidArgumentError(absl::StrCat(
          "\"", uri, "\" is no redirect URI: it must be absolute, http or ",
          "https, and without a fragment"));
    }
  }
  if (registration.redirect_uris.empty() && NeedsRedirect(registration.type)) {
    return absl::InvalidArgumentError(absl::StrCat(
        "a ", ToName(registration.type), " client needs a redirect URI"));
  }
  Client client;
  client.id = issuer.ClientId();
  if (GetsSecret(registration.type)) {
    const std::string first = issuer.ClientSecret();
    for (const std::string& location : registration.data_centers) {
      const bool same = registration.shared_secret || client.secrets.empty();
      client.secrets[location] = same ? first : issuer.ClientSecret();
    }
  }
  client.registration = std::move(registration);
  order_.push_back(client.id);
  by_id_[client.id] = client;
  return client;
}

const Client* Clients::Find(absl::string_view id) const {
  const auto found = by_id_.find(std::string(id));
  return found == by_id_.end() ? nullptr : &found->second;
}

std::optional<std::string> Clients::ReplaceSecret(absl::string_view id,
                                                  const std::string& location,
                                                  Issuer& issuer) {
  const auto found = by_id_.find(std::string(id));
  if (found == by_id_.end()) return std::nullopt;
  Client& client = found->second;
  if (!client.secrets.contains(location)) return std::nullopt;
  const std::string secret = issuer.ClientSecret();
  for (auto& [where, current] : client.secrets) {
    if (where == location || client.registration.shared_secret) {
      current = secret;
    }
  }
  return secret;
}

bool Clients::Remove(absl::string_view id) {
  std::erase(order_, id);
  return by_id_.erase(std::string(id)) > 0;
}

std::vector<Client> Clients::List() const {
  std::vector<Client> clients;
  for (const std::string& id : order_) clients.push_back(by_id_.at(id));
  return clients;
}

}  // namespace bursar::sandbox
