// The page on which a user accepts or rejects what a client asks for, shared by
// the redirect flows and the device flow.

#ifndef BURSAR_SANDBOX_CONSENT_PAGE_H_
#define BURSAR_SANDBOX_CONSENT_PAGE_H_

#include <nlohmann/json.hpp>
#include <string>

#include "absl/time/time.h"
#include "sandbox/world.h"

namespace bursar::sandbox {

/// Keeps `request` until its page is answered. The values of consent.html;
/// `login_hint` is the user to begin with, "" for the persona's first.
nlohmann::json ShowConsent(Provider& provider, AuthorizationRequest request,
                           const std::string& login_hint, absl::Time now);

}  // namespace bursar::sandbox

#endif  // BURSAR_SANDBOX_CONSENT_PAGE_H_
