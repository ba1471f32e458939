// Clients, from the core's types to the wire's. Pure; no locking.

#ifndef BURSAR_SERVER_MESSAGES_CLIENTS_H_
#define BURSAR_SERVER_MESSAGES_CLIENTS_H_

#include <cstdint>
#include <string>

#include "bursar/v1/clients.pb.h"
#include "server/core/types.h"

namespace bursar {

v1::Client ToProto(const Client& client);

/// A client's revision as its opaque etag.
std::string EtagOf(int64_t revision);

}  // namespace bursar

#endif  // BURSAR_SERVER_MESSAGES_CLIENTS_H_
