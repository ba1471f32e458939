#include "sandbox/client_authentication.h"

namespace bursar::sandbox {
namespace {

bool CameAsDemanded(ClientAuthentication demanded, bool basic) {
  switch (demanded) {
    case ClientAuthentication::kAny:
      return true;
    case ClientAuthentication::kBasic:
      return basic;
    case ClientAuthentication::kParameters:
      return !basic;
  }
  return false;
}

}  // namespace

Outcome<Client> Authenticate(const Provider& provider,
                             const Parameters& parameters) {
  const Credentials credentials = parameters.credentials();
  const Client* client = provider.clients.Find(credentials.client_id);
  if (client == nullptr || !client->IsKnownAt(provider.here)) {
    return Refusal::kInvalidClient;
  }
  if (!client->HasSecret()) return *client;
  if (!CameAsDemanded(provider.persona.client_authentication,
                      parameters.HasBasic())) {
    return Refusal::kInvalidClient;
  }
  if (client->secrets.at(provider.here) != credentials.client_secret) {
    return Refusal::kInvalidSecret;
  }
  return *client;
}

}  // namespace bursar::sandbox
