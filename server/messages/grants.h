// Grants, their refresh tokens, and what is counted of them, from the core's
// types to the wire's. Pure; no locking.

#ifndef BURSAR_SERVER_MESSAGES_GRANTS_H_
#define BURSAR_SERVER_MESSAGES_GRANTS_H_

#include "bursar/v1/grants.pb.h"
#include "server/core/ledger_types.h"
#include "server/core/limit.h"
#include "server/core/types.h"

namespace bursar {

v1::Grant ToProto(const Grant& grant);
v1::RefreshToken ToProto(const RefreshTokenRecord& record);
v1::Usage ToProto(const Usage& usage);
/// Of `limit`, which `count` is of.
v1::LimitUsage ToProto(const Limit& limit, const LimitCount& count);

}  // namespace bursar

#endif  // BURSAR_SERVER_MESSAGES_GRANTS_H_
