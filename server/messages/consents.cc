#include "server/messages/consents.h"

#include <string>

#include "bursar/v1/errors.pb.h"
#include "server/core/reason.h"
#include "server/messages/times.h"

namespace bursar {
namespace {

v1::DeviceConsent::State ToWire(DeviceConsentState state) {
  switch (state) {
    case DeviceConsentState::kPending:
      return v1::DeviceConsent::PENDING;
    case DeviceConsentState::kGranted:
      return v1::DeviceConsent::GRANTED;
    case DeviceConsentState::kDeclined:
      return v1::DeviceConsent::DECLINED;
    case DeviceConsentState::kExpired:
      return v1::DeviceConsent::EXPIRED;
    case DeviceConsentState::kFailed:
      return v1::DeviceConsent::FAILED;
  }
  return v1::DeviceConsent::STATE_UNSPECIFIED;
}

// The two sets of names are one (reason.h).
v1::ErrorReason ToWire(Reason reason) {
  v1::ErrorReason proto = v1::ERROR_REASON_UNSPECIFIED;
  v1::ErrorReason_Parse(std::string(ReasonName(reason)), &proto);
  return proto;
}

}  // namespace

v1::BeginConsentResponse ToProto(const Consent::Begun& begun) {
  v1::BeginConsentResponse proto;
  proto.set_authorization_url(begun.authorization_url);
  *proto.mutable_expire_time() = ToProto(begun.expiry);
  proto.set_state(std::string(begun.state.Expose()));
  for (const GrantId& grant : begun.evicts) proto.add_evicts(grant.value());
  proto.set_renewable(begun.renewable);
  return proto;
}

v1::BeginDeviceConsentResponse ToProto(const DeviceConsents::Begun& begun) {
  v1::BeginDeviceConsentResponse proto;
  proto.set_id(begun.id.value());
  proto.set_user_code(std::string(begun.user_code.Expose()));
  proto.set_verification_uri(begun.verification_uri);
  proto.set_verification_uri_complete(
      std::string(begun.verification_uri_complete.Expose()));
  *proto.mutable_expire_time() = ToProto(begun.expiry);
  for (const GrantId& grant : begun.evicts) proto.add_evicts(grant.value());
  return proto;
}

v1::DeviceConsent ToProto(const DeviceConsent& consent) {
  v1::DeviceConsent proto;
  proto.set_id(consent.id.value());
  proto.set_user(consent.user.value());
  proto.set_client(consent.client.value());
  proto.set_data_center(consent.data_center.value());
  for (const std::string& scope : consent.scopes.names()) {
    proto.add_scopes(scope);
  }
  proto.set_state(ToWire(consent.state));
  if (consent.reason) proto.set_reason(ToWire(*consent.reason));
  if (consent.grant) proto.set_grant(consent.grant->value());
  *proto.mutable_expire_time() = ToProto(consent.expiry);
  return proto;
}

}  // namespace bursar
