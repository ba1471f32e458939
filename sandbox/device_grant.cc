#include "sandbox/device_grant.h"

#include <variant>

namespace bursar::sandbox {

Outcome<Tokens::Minted> RedeemDeviceCode(Provider& provider,
                                         const Client& client,
                                         const std::string& code,
                                         absl::Time now) {
  auto polled = provider.devices.Poll(provider.persona, code, client.id, now);
  if (const auto* refusal = std::get_if<Refusal>(&polled)) return *refusal;
  const auto& device = std::get<DeviceRequest>(polled);
  if (!provider.Keeps(device.user)) return Refusal::kOtherDataCenter;
  auto minted = provider.tokens.FromConsent(
      provider.persona, {device.user, device.client_id}, device.scopes,
      device.with_refresh_token, provider.issuer, now);
  if (std::holds_alternative<Tokens::Minted>(minted)) {
    provider.devices.MarkRedeemed(code);
  }
  return minted;
}

}  // namespace bursar::sandbox
