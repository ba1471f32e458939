#include "sandbox/devices.h"

#include <utility>

#include "absl/strings/ascii.h"

namespace bursar::sandbox {
namespace {

// A person may leave out the dash, add blanks, or type small letters.
std::string AsShown(absl::string_view typed) {
  std::string letters;
  for (const char c : typed) {
    if (absl::ascii_isalpha(c)) letters += absl::ascii_toupper(c);
  }
  if (letters.size() > 4) letters.insert(4, "-");
  return letters;
}

}  // namespace

DeviceRequest Devices::Begin(const Persona& persona, std::string client_id,
                             Scopes scopes, bool offline, Issuer& issuer,
                             absl::Time now) {
  DeviceRequest request;
  request.device_code = issuer.Token("device_code");
  request.user_code = issuer.UserCode();
  request.client_id = std::move(client_id);
  request.scopes = std::move(scopes);
  request.offline = offline;
  request.expires = now + persona.device_code_lifetime;
  by_device_code_[request.device_code] = request;
  return request;
}

std::optional<DeviceRequest> Devices::FindByUserCode(
    absl::string_view user_code, absl::Time now) const {
  const std::string shown = AsShown(user_code);
  for (const auto& [device_code, request] : by_device_code_) {
    if (request.user_code == shown && request.expires > now &&
        request.state == DeviceState::kPending) {
      return request;
    }
  }
  return std::nullopt;
}

DeviceRequest* Devices::FindPending(const std::string& device_code,
                                    absl::Time now) {
  const auto found = by_device_code_.find(device_code);
  if (found == by_device_code_.end() || found->second.expires <= now ||
      found->second.state != DeviceState::kPending) {
    return nullptr;
  }
  return &found->second;
}

bool Devices::Accept(const std::string& device_code, std::string user,
                     bool with_refresh_token, absl::Time now) {
  DeviceRequest* request = FindPending(device_code, now);
  if (request == nullptr) return false;
  request->state = DeviceState::kAccepted;
  request->user = std::move(user);
  request->with_refresh_token = with_refresh_token;
  return true;
}

bool Devices::Decline(const std::string& device_code, absl::Time now) {
  DeviceRequest* request = FindPending(device_code, now);
  if (request == nullptr) return false;
  request->state = DeviceState::kDeclined;
  return true;
}

Outcome<DeviceRequest> Devices::Poll(const Persona& persona,
                                     const std::string& device_code,
                                     absl::string_view client_id,
                                     absl::Time now) {
  const auto found = by_device_code_.find(device_code);
  if (found == by_device_code_.end() || found->second.client_id != client_id ||
      found->second.state == DeviceState::kRedeemed) {
    return Refusal::kDead;
  }
  DeviceRequest& request = found->second;
  if (request.expires <= now) return Refusal::kExpired;
  const bool too_soon = now - request.last_poll < persona.device_interval;
  request.last_poll = now;
  if (too_soon) return Refusal::kSlowDown;
  switch (request.state) {
    case DeviceState::kPending:
      return Refusal::kAuthorizationPending;
    case DeviceState::kDeclined:
      return Refusal::kAccessDenied;
    case DeviceState::kRedeemed:
      return Refusal::kDead;
    case DeviceState::kAccepted:
      break;
  }
  return request;
}

std::string Devices::UserOf(const std::string& device_code) const {
  const auto found = by_device_code_.find(device_code);
  return found == by_device_code_.end() ? "" : found->second.user;
}

void Devices::MarkRedeemed(const std::string& device_code) {
  const auto found = by_device_code_.find(device_code);
  if (found != by_device_code_.end()) {
    found->second.state = DeviceState::kRedeemed;
  }
}

}  // namespace bursar::sandbox
