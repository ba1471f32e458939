#include "server/rpc/convert.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "bursar/v1/errors.pb.h"

namespace bursar {
namespace {

v1::Grant::State ToProto(GrantState state) {
  switch (state) {
    case GrantState::kActive:
      return v1::Grant::ACTIVE;
    case GrantState::kConsentRequired:
      return v1::Grant::CONSENT_REQUIRED;
    case GrantState::kRevoked:
      return v1::Grant::REVOKED;
    case GrantState::kSuperseded:
      return v1::Grant::SUPERSEDED;
  }
  return v1::Grant::STATE_UNSPECIFIED;
}

v1::Grant::DeadReason ToProto(DeadReason reason) {
  switch (reason) {
    case DeadReason::kRefusedByProvider:
      return v1::Grant::REFUSED_BY_PROVIDER;
    case DeadReason::kOutcomeLost:
      return v1::Grant::OUTCOME_LOST;
    case DeadReason::kEvicted:
      return v1::Grant::EVICTED;
    case DeadReason::kExpired:
      return v1::Grant::EXPIRED;
  }
  return v1::Grant::DEAD_REASON_UNSPECIFIED;
}

v1::Grant::Renewal ToProto(GrantRenewal renewal) {
  switch (renewal) {
    case GrantRenewal::kRefreshToken:
      return v1::Grant::REFRESH_TOKEN;
    case GrantRenewal::kClientCredentials:
      return v1::Grant::CLIENT_CREDENTIALS;
    case GrantRenewal::kNone:
      return v1::Grant::NONE;
  }
  return v1::Grant::RENEWAL_UNSPECIFIED;
}

v1::RevocationNotice::DeadTokens::Why ToProto(RevocationNotice::Why why) {
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

v1::Client::ResponseType ToProto(ResponseType type) {
  switch (type) {
    case ResponseType::kCode:
      return v1::Client::CODE;
    case ResponseType::kToken:
      return v1::Client::TOKEN;
  }
  return v1::Client::RESPONSE_TYPE_UNSPECIFIED;
}

v1::DeviceConsent::State ToProto(DeviceConsentState state) {
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
v1::ErrorReason ToProto(Reason reason) {
  v1::ErrorReason proto = v1::ERROR_REASON_UNSPECIFIED;
  v1::ErrorReason_Parse(std::string(ReasonName(reason)), &proto);
  return proto;
}

v1::RefreshToken::State ToProto(RefreshTokenState state) {
  switch (state) {
    case RefreshTokenState::kActive:
      return v1::RefreshToken::ACTIVE;
    case RefreshTokenState::kRotated:
      return v1::RefreshToken::ROTATED;
    case RefreshTokenState::kRevoked:
      return v1::RefreshToken::REVOKED;
    case RefreshTokenState::kEvicted:
      return v1::RefreshToken::EVICTED;
    case RefreshTokenState::kDead:
      return v1::RefreshToken::DEAD;
  }
  return v1::RefreshToken::STATE_UNSPECIFIED;
}

v1::RefreshToken::Revocation ToProto(RevocationState state) {
  switch (state) {
    case RevocationState::kNone:
      return v1::RefreshToken::REVOCATION_UNSPECIFIED;
    case RevocationState::kPending:
      return v1::RefreshToken::PENDING;
    case RevocationState::kConfirmed:
      return v1::RefreshToken::CONFIRMED;
    case RevocationState::kUnknownToProvider:
      return v1::RefreshToken::UNKNOWN_TO_PROVIDER;
    case RevocationState::kRefused:
      return v1::RefreshToken::REFUSED;
  }
  return v1::RefreshToken::REVOCATION_UNSPECIFIED;
}

std::string ToText(absl::string_view secret) {
  return {secret.data(), secret.size()};
}

}  // namespace

google::protobuf::Timestamp ToProto(absl::Time time) {
  google::protobuf::Timestamp timestamp;
  const int64_t seconds = absl::ToUnixSeconds(time);
  timestamp.set_seconds(seconds);
  timestamp.set_nanos(static_cast<int32_t>(
      absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(seconds))));
  return timestamp;
}

google::protobuf::Duration ToProto(absl::Duration duration) {
  google::protobuf::Duration proto;
  proto.set_seconds(absl::IDivDuration(duration, absl::Seconds(1), &duration));
  proto.set_nanos(static_cast<int32_t>(absl::ToInt64Nanoseconds(duration)));
  return proto;
}

v1::AccessToken& ToProto(const IssuedToken& issued, MessageArena& arena) {
  const AccessToken& token = issued.token;
  auto& proto = arena.Make<v1::AccessToken>();
  proto.set_access_token(ToText(token.value.Expose()));
  proto.set_token_type(token.token_type);
  *proto.mutable_expire_time() = ToProto(token.expiry);
  for (const std::string& scope : token.scopes.names()) proto.add_scopes(scope);
  proto.set_api_domain(token.api_domain);
  proto.set_authorization(ToText(issued.authorization.Expose()));
  proto.set_grant(issued.grant.value());
  proto.set_generation(issued.generation);
  return proto;
}

v1::Client ToProto(const Client& client) {
  v1::Client proto;
  proto.set_name(client.name.value());
  proto.set_provider(client.provider.value());
  proto.set_client_id(client.client_id);
  proto.set_data_center(client.data_center.value());
  proto.set_redirect_uri(client.redirect_uri);
  for (const std::string& scope : client.default_scopes.names()) {
    proto.add_default_scopes(scope);
  }
  proto.set_response_type(ToProto(client.response_type));
  proto.set_has_secret(client.has_secret);
  *proto.mutable_create_time() = ToProto(client.created);
  *proto.mutable_update_time() = ToProto(client.updated);
  proto.set_etag(EtagOf(client.revision));
  for (const DataCenter& data_center : client.secret_data_centers) {
    proto.add_secret_data_centers(data_center.value());
  }
  const auto last =
      std::max_element(client.misconfigured.begin(), client.misconfigured.end(),
                       [](const auto& a, const auto& b) {
                         return a.second.seen < b.second.seen;
                       });
  if (last != client.misconfigured.end()) {
    *proto.mutable_misconfigured_time() = ToProto(last->second.seen);
    proto.set_misconfigured_error(last->second.error);
    proto.set_misconfigured_data_center(last->first.value());
  }
  return proto;
}

v1::Grant ToProto(const Grant& grant) {
  v1::Grant proto;
  proto.set_id(grant.id.value());
  proto.set_user(grant.user.value());
  proto.set_client(grant.client.value());
  proto.set_provider(grant.provider.value());
  proto.set_data_center(grant.data_center.value());
  for (const std::string& scope : grant.scopes.names()) proto.add_scopes(scope);
  proto.set_state(ToProto(grant.state));
  if (grant.dead_reason) proto.set_dead_reason(ToProto(*grant.dead_reason));
  proto.set_generation(grant.generation);
  if (grant.access_token_expiry) {
    *proto.mutable_access_token_expire_time() =
        ToProto(*grant.access_token_expiry);
  }
  *proto.mutable_create_time() = ToProto(grant.created);
  *proto.mutable_update_time() = ToProto(grant.updated);
  if (grant.pause) *proto.mutable_retry_time() = ToProto(grant.pause->until);
  if (grant.superseded_by)
    proto.set_superseded_by(grant.superseded_by->value());
  proto.set_presumed_evicted(grant.presumed_evicted);
  proto.set_renewal(ToProto(grant.renewal));
  proto.set_organization(grant.organization);
  return proto;
}

v1::BeginConsentResponse ToProto(const Consent::Begun& begun) {
  v1::BeginConsentResponse proto;
  proto.set_authorization_url(begun.authorization_url);
  *proto.mutable_expire_time() = ToProto(begun.expiry);
  proto.set_state(ToText(begun.state.Expose()));
  for (const GrantId& grant : begun.evicts) proto.add_evicts(grant.value());
  proto.set_renewable(begun.renewable);
  return proto;
}

v1::BeginDeviceConsentResponse ToProto(const DeviceConsents::Begun& begun) {
  v1::BeginDeviceConsentResponse proto;
  proto.set_id(begun.id.value());
  proto.set_user_code(ToText(begun.user_code.Expose()));
  proto.set_verification_uri(begun.verification_uri);
  proto.set_verification_uri_complete(
      ToText(begun.verification_uri_complete.Expose()));
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
  proto.set_state(ToProto(consent.state));
  if (consent.reason) proto.set_reason(ToProto(*consent.reason));
  if (consent.grant) proto.set_grant(consent.grant->value());
  *proto.mutable_expire_time() = ToProto(consent.expiry);
  return proto;
}

v1::RefreshToken ToProto(const RefreshTokenRecord& record) {
  v1::RefreshToken proto;
  proto.set_generation(record.generation);
  proto.set_state(ToProto(record.state));
  proto.set_use_count(record.use_count);
  *proto.mutable_create_time() = ToProto(record.created);
  if (record.last_used) {
    *proto.mutable_last_use_time() = ToProto(*record.last_used);
  }
  if (record.ended) *proto.mutable_end_time() = ToProto(*record.ended);
  proto.set_revocation(ToProto(record.revocation));
  return proto;
}

v1::Event ToProto(const Event& event) {
  v1::Event proto;
  proto.set_id(event.id);
  *proto.mutable_time() = ToProto(event.time);
  proto.set_kind(event.kind);
  proto.set_actor(event.actor.value());
  proto.set_grant(event.grant.value());
  proto.set_user(event.user.value());
  proto.set_client(event.client.value());
  proto.set_generation(event.generation);
  proto.set_outcome(event.outcome);
  return proto;
}

v1::RevocationNotice::DeadTokens ToProto(const RevocationNotice& notice) {
  v1::RevocationNotice::DeadTokens message;
  message.set_grant(notice.grant.value());
  message.set_generation(notice.generation);
  message.set_why(ToProto(notice.why));
  *message.mutable_time() = ToProto(notice.time);
  return message;
}

v1::PendingRevocation ToProto(const RevocationProgress& revocation) {
  v1::PendingRevocation message;
  message.set_grant(revocation.grant.value());
  message.set_user(revocation.user.value());
  message.set_client(revocation.client.value());
  message.set_provider(revocation.provider.value());
  message.set_data_center(revocation.data_center.value());
  message.set_attempts(revocation.attempts);
  *message.mutable_end_time() = ToProto(revocation.ended);
  *message.mutable_next_attempt_time() = ToProto(revocation.next_attempt);
  return message;
}

v1::Usage ToProto(const Usage& usage) {
  v1::Usage proto;
  proto.set_user(usage.user.value());
  proto.set_client(usage.client.value());
  proto.set_living_refresh_tokens(usage.living_refresh_tokens);
  proto.set_provider(usage.provider.value());
  proto.set_refresh_tokens_ever(usage.refresh_tokens_ever);
  proto.set_rotations(usage.rotations);
  proto.set_redemptions(usage.redemptions);
  proto.set_active_grants(usage.active_grants);
  return proto;
}

v1::LimitUsage ToProto(const Limit& limit, const LimitCount& count) {
  v1::LimitUsage proto;
  proto.set_counted(std::string(NameOf(limit.counted)));
  proto.set_per(std::string(NameOf(limit.per)));
  proto.set_used(count.used);
  proto.set_at_most(limit.at_most);
  if (limit.within) *proto.mutable_within() = ToProto(*limit.within);
  if (count.full_until && *count.full_until != absl::InfiniteFuture()) {
    *proto.mutable_full_until() = ToProto(*count.full_until);
  }
  return proto;
}

std::string EtagOf(int64_t revision) { return absl::StrCat("r", revision); }

}  // namespace bursar
