#include "sandbox/client_authentication.h"

namespace bursar::sandbox {

Outcome<Client> Authenticate(const Clients& clients,
                             const Credentials& credentials) {
  const Client* client = clients.Find(credentials.client_id);
  if (client == nullptr) return Refusal::kInvalidClient;
  if (client->HasSecret() && client->secret != credentials.client_secret) {
    return Refusal::kInvalidSecret;
  }
  return *client;
}

}  // namespace bursar::sandbox
