#include "server/messages/grants.h"

#include <string>

#include "server/messages/times.h"

namespace bursar {
namespace {

v1::Grant::State ToWire(GrantState state) {
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

v1::Grant::DeadReason ToWire(DeadReason reason) {
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

v1::Grant::Renewal ToWire(GrantRenewal renewal) {
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

v1::RefreshToken::State ToWire(RefreshTokenState state) {
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

v1::RefreshToken::Revocation ToWire(RevocationState state) {
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

}  // namespace

v1::Grant ToProto(const Grant& grant) {
  v1::Grant proto;
  proto.set_id(grant.id.value());
  proto.set_user(grant.user.value());
  proto.set_client(grant.client.value());
  proto.set_provider(grant.provider.value());
  proto.set_data_center(grant.data_center.value());
  for (const std::string& scope : grant.scopes.names()) proto.add_scopes(scope);
  proto.set_state(ToWire(grant.state));
  if (grant.dead_reason) proto.set_dead_reason(ToWire(*grant.dead_reason));
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
  proto.set_renewal(ToWire(grant.renewal));
  proto.set_organization(grant.organization);
  return proto;
}

v1::RefreshToken ToProto(const RefreshTokenRecord& record) {
  v1::RefreshToken proto;
  proto.set_generation(record.generation);
  proto.set_state(ToWire(record.state));
  proto.set_use_count(record.use_count);
  *proto.mutable_create_time() = ToProto(record.created);
  if (record.last_used) {
    *proto.mutable_last_use_time() = ToProto(*record.last_used);
  }
  if (record.ended) *proto.mutable_end_time() = ToProto(*record.ended);
  proto.set_revocation(ToWire(record.revocation));
  return proto;
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

}  // namespace bursar
