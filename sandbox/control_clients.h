// The control API's calls about clients and users. Each takes the body of its
// call, and throws as the JSON library does where that lacks a field.

#ifndef BURSAR_SANDBOX_CONTROL_CLIENTS_H_
#define BURSAR_SANDBOX_CONTROL_CLIENTS_H_

#include <nlohmann/json.hpp>

#include "absl/status/statusor.h"
#include "sandbox/world.h"

namespace bursar::sandbox {

/// POST /control/clients.
absl::StatusOr<nlohmann::json> AddClient(World& world,
                                         const nlohmann::json& body);

/// POST /control/clients/secret.
absl::StatusOr<nlohmann::json> ReplaceClientSecret(World& world,
                                                   const nlohmann::json& body);

/// POST /control/clients/delete.
absl::StatusOr<nlohmann::json> DeleteClient(World& world,
                                            const nlohmann::json& body);

/// POST /control/users.
absl::StatusOr<nlohmann::json> AddUser(World& world,
                                       const nlohmann::json& body);

/// POST /control/grants.
absl::StatusOr<nlohmann::json> AddGrants(World& world,
                                         const nlohmann::json& body);

}  // namespace bursar::sandbox

#endif  // BURSAR_SANDBOX_CONTROL_CLIENTS_H_
