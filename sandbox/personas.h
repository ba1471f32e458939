// The personas that exist: each a function in a file of its own, data only.

#ifndef BURSAR_SANDBOX_PERSONAS_H_
#define BURSAR_SANDBOX_PERSONAS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "sandbox/persona.h"

namespace bursar::sandbox {

/// What Zoho's products have in common: data centres and somebody in each.
Persona ZohoPersona(absl::string_view name, absl::string_view title);

Persona CliqPersona();
Persona ConnectPersona();
Persona Identity360Persona();
Persona IotPersona();

/// A provider that keeps to RFC 6749, 6750 and 7009 and limits nothing: what
/// the personas of all others begin with. Every consent brings a refresh token.
Persona PlainPersona(absl::string_view name, absl::string_view title);

/// RFC 8628's. What offline access takes it does not say: always.
DeviceWords StandardDeviceWords();

Persona AtlassianPersona();
Persona Auth0Persona();
Persona BoxPersona();
Persona GithubPersona();
Persona GooglePersona();
Persona HubspotPersona();
Persona MicrosoftPersona();
Persona OktaPersona();
Persona QuickbooksPersona();
Persona RotatingPersona();
Persona SalesforcePersona();
Persona SlackPersona();
Persona XeroPersona();

/// All that FindPersona finds, Zoho's first.
std::vector<Persona> AllPersonas();

/// The persona called `name`; NotFound names those that exist.
absl::StatusOr<Persona> FindPersona(absl::string_view name);

}  // namespace bursar::sandbox

#endif  // BURSAR_SANDBOX_PERSONAS_H_
