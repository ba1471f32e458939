// What a device gets for its code. Pure.

#ifndef BURSAR_SANDBOX_DEVICE_GRANT_H_
#define BURSAR_SANDBOX_DEVICE_GRANT_H_

#include <string>

#include "absl/time/time.h"
#include "sandbox/clients.h"
#include "sandbox/outcome.h"
#include "sandbox/world.h"

namespace bursar::sandbox {

/// The tokens of an accepted request (RFC 8628 section 3.4), once; else why
/// not. kOtherDataCenter: its user's data is kept elsewhere, and so is the
/// rest.
Outcome<Tokens::Minted> RedeemDeviceCode(Provider& provider,
                                         const Client& client,
                                         const std::string& code,
                                         absl::Time now);

}  // namespace bursar::sandbox

#endif  // BURSAR_SANDBOX_DEVICE_GRANT_H_
