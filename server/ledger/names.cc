#include "server/ledger/names.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>

namespace bursar {
namespace {

template <typename E>
struct Name {
  E value;
  absl::string_view name;
};

constexpr Name<GrantState> kGrantStates[] = {
    {GrantState::kActive, "active"},
    {GrantState::kConsentRequired, "consent_required"},
    {GrantState::kRevoked, "revoked"},
    {GrantState::kSuperseded, "superseded"},
};

constexpr Name<DeadReason> kDeadReasons[] = {
    {DeadReason::kRefusedByProvider, "refused_by_provider"},
    {DeadReason::kOutcomeLost, "outcome_lost"},
    {DeadReason::kEvicted, "evicted"},
    {DeadReason::kExpired, "expired"},
};

constexpr Name<GrantRenewal> kGrantRenewals[] = {
    {GrantRenewal::kRefreshToken, "refresh_token"},
    {GrantRenewal::kClientCredentials, "client_credentials"},
    {GrantRenewal::kNone, "none"},
};

constexpr Name<ResponseType> kResponseTypes[] = {
    {ResponseType::kCode, "code"},
    {ResponseType::kToken, "token"},
};

constexpr Name<RefreshTokenState> kRefreshTokenStates[] = {
    {RefreshTokenState::kActive, "active"},
    {RefreshTokenState::kRotated, "rotated"},
    {RefreshTokenState::kRevoked, "revoked"},
    {RefreshTokenState::kEvicted, "evicted"},
    {RefreshTokenState::kDead, "dead"},
};

constexpr Name<RevocationState> kRevocationStates[] = {
    {RevocationState::kNone, "none"},
    {RevocationState::kPending, "pending"},
    {RevocationState::kConfirmed, "confirmed"},
    {RevocationState::kUnknownToProvider, "unknown_to_provider"},
    {RevocationState::kRefused, "refused"},
};

constexpr Name<DeviceConsentState> kDeviceConsentStates[] = {
    {DeviceConsentState::kPending, "pending"},
    {DeviceConsentState::kGranted, "granted"},
    {DeviceConsentState::kDeclined, "declined"},
    {DeviceConsentState::kExpired, "expired"},
    {DeviceConsentState::kFailed, "failed"},
};

template <typename Names, typename Match>
auto Find(const Names& names, Match match) {
  const auto found = std::find_if(std::begin(names), std::end(names), match);
  if (found == std::end(names)) std::abort();
  return *found;
}

template <typename Names, typename E>
absl::string_view NameIn(const Names& names, E value) {
  return Find(names, [=](const auto& n) { return n.value == value; }).name;
}

template <typename Names>
auto ValueIn(const Names& names, absl::string_view name) {
  return Find(names, [=](const auto& n) { return n.name == name; }).value;
}

}  // namespace

absl::string_view NameOf(GrantState state) {
  return NameIn(kGrantStates, state);
}
absl::string_view NameOf(DeadReason reason) {
  return NameIn(kDeadReasons, reason);
}
absl::string_view NameOf(GrantRenewal renewal) {
  return NameIn(kGrantRenewals, renewal);
}
absl::string_view NameOf(ResponseType type) {
  return NameIn(kResponseTypes, type);
}
absl::string_view NameOf(RefreshTokenState state) {
  return NameIn(kRefreshTokenStates, state);
}
absl::string_view NameOf(RevocationState state) {
  return NameIn(kRevocationStates, state);
}
absl::string_view NameOf(DeviceConsentState state) {
  return NameIn(kDeviceConsentStates, state);
}

GrantState GrantStateNamed(absl::string_view name) {
  return ValueIn(kGrantStates, name);
}
DeadReason DeadReasonNamed(absl::string_view name) {
  return ValueIn(kDeadReasons, name);
}
GrantRenewal GrantRenewalNamed(absl::string_view name) {
  return ValueIn(kGrantRenewals, name);
}
ResponseType ResponseTypeNamed(absl::string_view name) {
  return ValueIn(kResponseTypes, name);
}
RefreshTokenState RefreshTokenStateNamed(absl::string_view name) {
  return ValueIn(kRefreshTokenStates, name);
}
RevocationState RevocationStateNamed(absl::string_view name) {
  return ValueIn(kRevocationStates, name);
}
DeviceConsentState DeviceConsentStateNamed(absl::string_view name) {
  return ValueIn(kDeviceConsentStates, name);
}

}  // namespace bursar
