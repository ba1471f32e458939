#include "server/messages/tokens.h"

#include <string>

#include "server/messages/times.h"

namespace bursar {
namespace {

v1::RevocationNotice::DeadTokens::Why ToWire(RevocationNotice::Why why) {
  switch (why) {
    case RevocationNotice::Why::kRevoked:
      return v1::RevocationNotice::DeadTokens::REVOKED;
    case RevocationNotice::Why::kSuperseded:
      return v1::RevocationNotice::DeadTokens::SUPERSEDED;
    case RevocationNotice::Why::kConsentRequired:
      return v1::RevocationNotice::DeadTokens::CONSENT_REQUIRED;
    case RevocationNotice::Why::kPresumedEvicted:
      return v1::RevocationNotice::DeadTokens::PRESUMED_EVICTED;
    case RevocationNotice::Why::kUnknown:
      return v1::RevocationNotice::DeadTokens::UNKNOWN;
  }
  return v1::RevocationNotice::DeadTokens::WHY_UNSPECIFIED;
}

}  // namespace

v1::AccessToken& ToProto(const IssuedToken& issued, MessageArena& arena) {
  const AccessToken& token = issued.token;
  auto& proto = arena.Make<v1::AccessToken>();
  proto.set_access_token(std::string(token.value.Expose()));
  proto.set_token_type(token.token_type);
  *proto.mutable_expire_time() = ToProto(token.expiry);
  for (const std::string& scope : token.scopes.names()) proto.add_scopes(scope);
  proto.set_api_domain(token.api_domain);
  proto.set_authorization(std::string(issued.authorization.Expose()));
  proto.set_grant(issued.grant.value());
  proto.set_generation(issued.generation);
  return proto;
}

v1::RevocationNotice::DeadTokens ToProto(const RevocationNotice& notice) {
  v1::RevocationNotice::DeadTokens message;
  message.set_grant(notice.grant.value());
  message.set_generation(notice.generation);
  message.set_why(ToWire(notice.why));
  *message.mutable_time() = ToProto(notice.time);
  return message;
}

}  // namespace bursar
