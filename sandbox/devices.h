// Requests of devices without a browser, from the code on their screen to the
// answer (RFC 8628 as Zoho speaks it). Pure; not thread-safe.

#ifndef BURSAR_SANDBOX_DEVICES_H_
#define BURSAR_SANDBOX_DEVICES_H_

#include <map>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "sandbox/issuer.h"
#include "sandbox/outcome.h"
#include "sandbox/persona.h"
#include "sandbox/tokens.h"

namespace bursar::sandbox {

enum class DeviceState { kPending, kAccepted, kDeclined, kRedeemed };

struct DeviceRequest {
  std::string device_code;
  std::string user_code;
  std::string client_id;
  Scopes scopes;
  bool offline = false;
  absl::Time expires;
  DeviceState state = DeviceState::kPending;
  /// Known once a user has answered.
  std::string user;
  bool with_refresh_token = false;
  absl::Time last_poll = absl::InfinitePast();
};

class Devices {
 public:
  DeviceRequest Begin(const Persona& persona, std::string client_id,
                      Scopes scopes, bool offline, Issuer& issuer,
                      absl::Time now);

  /// The pending request that shows `user_code`, however it was typed.
  std::optional<DeviceRequest> FindByUserCode(absl::string_view user_code,
                                              absl::Time now) const;

  /// A user's answer; false if nothing waits for it any more.
  bool Accept(const std::string& device_code, std::string user,
              bool with_refresh_token, absl::Time now);
  bool Decline(const std::string& device_code, absl::Time now);

  /// A poll. The accepted request, once; else why not: still pending, too soon
  /// after the last poll, declined, expired, redeemed or unknown.
  Outcome<DeviceRequest> Poll(const Persona& persona,
                              const std::string& device_code,
                              absl::string_view client_id, absl::Time now);

  /// Who accepted it; "" if nobody did.
  std::string UserOf(const std::string& device_code) const;

  /// The poll's answer was delivered.
  void MarkRedeemed(const std::string& device_code);

 private:
  DeviceRequest* FindPending(const std::string& device_code, absl::Time now);

  std::map<std::string, DeviceRequest> by_device_code_;
};

}  // namespace bursar::sandbox

#endif  // BURSAR_SANDBOX_DEVICES_H_
