// A grant as people read it. Pure functions.

#ifndef BURSAR_CLIENT_BURSARCTL_GRANT_TEXT_H_
#define BURSAR_CLIENT_BURSARCTL_GRANT_TEXT_H_

#include <string>

#include "absl/time/time.h"
#include "bursar/v1/grants.pb.h"
#include "client/bursarctl/table.h"

namespace bursar::client {

/// "ACTIVE", or "CONSENT_REQUIRED (EVICTED)" with why it died.
std::string GrantStateText(const v1::Grant& grant);

Table GrantDetails(const v1::Grant& grant, absl::Time now);

}  // namespace bursar::client

#endif  // BURSAR_CLIENT_BURSARCTL_GRANT_TEXT_H_
