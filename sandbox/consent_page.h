// The pages on which a user chooses an organisation, and accepts or rejects
// what a client asks for; shared by the redirect flows and the device flow.

#ifndef BURSAR_SANDBOX_CONSENT_PAGE_H_
#define BURSAR_SANDBOX_CONSENT_PAGE_H_

#include <nlohmann/json.hpp>

#include "absl/time/time.h"
#include "sandbox/world.h"

namespace bursar::sandbox {

/// Keeps `request` until its page is answered. The values of consent.html.
nlohmann::json ShowConsent(Provider& provider, AuthorizationRequest request,
                           absl::Time now);

/// The same for organization.html.
nlohmann::json ShowOrganizations(Provider& provider,
                                 AuthorizationRequest request, absl::Time now);

}  // namespace bursar::sandbox

#endif  // BURSAR_SANDBOX_CONSENT_PAGE_H_
