// Whom a certificate names. Pure; no locking.

#ifndef BURSAR_SERVER_IDENTITY_CERTIFICATE_IDENTITY_H_
#define BURSAR_SERVER_IDENTITY_CERTIFICATE_IDENTITY_H_

#include "absl/status/statusor.h"
#include "server/core/types.h"
#include "server/identity/openssl.h"

namespace bursar {

/// The one caller that `certificate` names by its alternative names: a SPIFFE
/// id as it is, or "dns:NAME" in lower case. Fails, with a reason for the log,
/// if they name none or several, if the name is no SPIFFE id of a workload or
/// no name of one host, or if it is a CA's certificate. A common name names
/// nobody.
absl::StatusOr<Actor> IdentityOf(const X509& certificate);

}  // namespace bursar

#endif  // BURSAR_SERVER_IDENTITY_CERTIFICATE_IDENTITY_H_
