// What a workload's SPIFFE id may look like (the SPIFFE ID specification,
// section 2). Pure; no locking.

#ifndef BURSAR_SERVER_IDENTITY_SPIFFE_ID_H_
#define BURSAR_SERVER_IDENTITY_SPIFFE_ID_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace bursar {

/// Fails, with a reason for the log that does not repeat it, unless `id` is
/// spiffe://TRUST-DOMAIN/SEGMENT, with further segments as the case may be: in
/// the one spelling that the specification allows, so that whoever compares
/// ids may compare their bytes.
absl::Status CheckSpiffeId(absl::string_view id);

}  // namespace bursar

#endif  // BURSAR_SERVER_IDENTITY_SPIFFE_ID_H_
