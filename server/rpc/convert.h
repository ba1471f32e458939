// From the core's types to the wire's, and the times between both. Pure; no
// locking.

#ifndef BURSAR_SERVER_RPC_CONVERT_H_
#define BURSAR_SERVER_RPC_CONVERT_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "bursar/v1/clients.pb.h"
#include "bursar/v1/events.pb.h"
#include "bursar/v1/grants.pb.h"
#include "bursar/v1/revocations.pb.h"
#include "bursar/v1/token_broker.pb.h"
#include "google/protobuf/duration.pb.h"
#include "google/protobuf/timestamp.pb.h"
#include "server/core/consent.h"
#include "server/core/device_consents.h"
#include "server/core/ledger_types.h"
#include "server/core/limit.h"
#include "server/core/revocation_notice.h"
#include "server/core/token_source.h"
#include "server/core/types.h"
#include "server/rpc/message_arena.h"

namespace bursar {

google::protobuf::Timestamp ToProto(absl::Time time);
google::protobuf::Duration ToProto(absl::Duration duration);

/// Made where the messages of its answer are.
v1::AccessToken& ToProto(const IssuedToken& issued, MessageArena& arena);
v1::Client ToProto(const Client& client);
v1::Grant ToProto(const Grant& grant);
v1::BeginConsentResponse ToProto(const Consent::Begun& begun);
v1::BeginDeviceConsentResponse ToProto(const DeviceConsents::Begun& begun);
v1::DeviceConsent ToProto(const DeviceConsent& consent);
v1::RefreshToken ToProto(const RefreshTokenRecord& record);
v1::Event ToProto(const Event& event);
v1::RevocationNotice::DeadTokens ToProto(const RevocationNotice& notice);
v1::PendingRevocation ToProto(const RevocationProgress& revocation);
/// `cap` is the provider's on what the row counts.
v1::Usage ToProto(const Usage& usage);
/// Of `limit`, which `count` is of.
v1::LimitUsage ToProto(const Limit& limit, const LimitCount& count);

/// A client's revision as its opaque etag.
std::string EtagOf(int64_t revision);

}  // namespace bursar

#endif  // BURSAR_SERVER_RPC_CONVERT_H_
