// How states are written in the ledger. Pure; no locking.

#ifndef BURSAR_SERVER_LEDGER_NAMES_H_
#define BURSAR_SERVER_LEDGER_NAMES_H_

#include "absl/strings/string_view.h"
#include "server/core/types.h"

namespace bursar {

absl::string_view NameOf(GrantState state);
absl::string_view NameOf(DeadReason reason);
absl::string_view NameOf(GrantRenewal renewal);
absl::string_view NameOf(ResponseType type);
absl::string_view NameOf(RefreshTokenState state);
absl::string_view NameOf(RevocationState state);
absl::string_view NameOf(DeviceConsentState state);

/// The other way. `name` must be one of them: the schema's CHECKs admit no
/// other, and the ledger's file is checked when it is opened.
GrantState GrantStateNamed(absl::string_view name);
DeadReason DeadReasonNamed(absl::string_view name);
GrantRenewal GrantRenewalNamed(absl::string_view name);
ResponseType ResponseTypeNamed(absl::string_view name);
RefreshTokenState RefreshTokenStateNamed(absl::string_view name);
RevocationState RevocationStateNamed(absl::string_view name);
DeviceConsentState DeviceConsentStateNamed(absl::string_view name);

}  // namespace bursar

#endif  // BURSAR_SERVER_LEDGER_NAMES_H_
