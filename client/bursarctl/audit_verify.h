// bursarctl audit verify: checks a copy of a ledger, without a server.

#ifndef BURSAR_CLIENT_BURSARCTL_AUDIT_VERIFY_H_
#define BURSAR_CLIENT_BURSARCTL_AUDIT_VERIFY_H_

#include "absl/time/time.h"
#include "bursar/v1/audit.pb.h"
#include "client/bursarctl/command.h"
#include "client/bursarctl/table.h"

namespace bursar::client {

/// What a head says, a field a line.
Table HeadTable(const v1::AuditHead& head, absl::Time now);

void AddVerifyVerb(CLI::App& audit, CommandLine& line);

}  // namespace bursar::client

#endif  // BURSAR_CLIENT_BURSARCTL_AUDIT_VERIFY_H_
