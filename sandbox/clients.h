// The clients registered at the sandbox, as its developer console makes them.
// Pure; not thread-safe.

#ifndef BURSAR_SANDBOX_CLIENTS_H_
#define BURSAR_SANDBOX_CLIENTS_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "sandbox/issuer.h"

namespace bursar::sandbox {

enum class ClientType {
  kServerBased,
  kClientBased,  ///< Runs in a browser only: implicit flow, no secret.
  kMobileBased,  ///< PKCE, no secret.
  kNonBrowser,   ///< Televisions, printers: the device flow.
  kSelfClient,   ///< Back-end jobs: a code from the console, or credentials.
};

/// Such as "server-based"; the other way round, nullopt for no type's name.
std::string ToName(ClientType type);
std::optional<ClientType> ClientTypeOf(absl::string_view name);

/// What is said at registration.
struct Registration {
  std::string name;
  std::string homepage;
  ClientType type = ClientType::kServerBased;
  std::vector<std::string> redirect_uris;
  /// Where such is asked for instead of a homepage.
  std::string domain;
  /// The data centres where it is known.
  std::vector<std::string> data_centers;
  /// One secret for all of them.
  bool shared_secret = false;
};

struct Client {
  std::string id;
  /// By data centre; empty for the types that have none.
  std::map<std::string, std::string> secrets;
  Registration registration;

  bool HasSecret() const { return !secrets.empty(); }
  /// Whether `location` knows it.
  bool IsKnownAt(absl::string_view location) const;
  /// Whether `uri` is registered, letter by letter.
  bool Redirects(absl::string_view uri) const;
};

class Clients {
 public:
  /// InvalidArgument where the name is missing, a redirect URI is no absolute
  /// http or https URL without fragment, or the type needs one and has none.
  absl::StatusOr<Client> Register(Registration registration, Issuer& issuer);

  /// Valid until the next change; nullptr if there is none.
  const Client* Find(absl::string_view id) const;

  /// The new secret at `location`, or everywhere if it is shared: the old one
  /// is refused from now on. nullopt where there is no such client, or it has
  /// no secret.
  std::optional<std::string> ReplaceSecret(absl::string_view id,
                                           const std::string& location,
                                           Issuer& issuer);

  /// False if there is none.
  bool Remove(absl::string_view id);

  /// In the order of registration.
  std::vector<Client> List() const;

 private:
  std::map<std::string, Client> by_id_;
  std::vector<std::string> order_;
};

}  // namespace bursar::sandbox

#endif  // BURSAR_SANDBOX_CLIENTS_H_
