// What TokenBroker tells, from the core's types to the wire's. Pure; no
// locking.

#ifndef BURSAR_SERVER_MESSAGES_TOKENS_H_
#define BURSAR_SERVER_MESSAGES_TOKENS_H_

#include "bursar/v1/token_broker.pb.h"
#include "server/core/revocation_notice.h"
#include "server/core/token_source.h"
#include "server/messages/message_arena.h"

namespace bursar {

/// Made where the messages of its answer are.
v1::AccessToken& ToProto(const IssuedToken& issued, MessageArena& arena);
v1::RevocationNotice::DeadTokens ToProto(const RevocationNotice& notice);

}  // namespace bursar

#endif  // BURSAR_SERVER_MESSAGES_TOKENS_H_
