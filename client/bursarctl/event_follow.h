// Events as bursarctl shows them: those that there are, and those that come.

#ifndef BURSAR_CLIENT_BURSARCTL_EVENT_FOLLOW_H_
#define BURSAR_CLIENT_BURSARCTL_EVENT_FOLLOW_H_

#include <CLI/CLI.hpp>
#include <cstdint>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "bursar/v1/events.grpc.pb.h"
#include "client/bursarctl/output.h"
#include "client/bursarctl/session.h"
#include "client/bursarctl/table.h"

namespace bursar::client {

/// The columns of RowOf.
Table EventTable();

Table::Row RowOf(const v1::Event& event, absl::Time now);

/// The options that narrow events down, which go into `request`.
void AddEventFilters(CLI::App& verb, v1::ListEventsRequest& request);

/// Shows the newest `count` of the events that `request` selects, oldest first,
/// a line each, and returns the last one's id; 0 where there is none.
absl::StatusOr<int64_t> ShowNewest(v1::ListEventsRequest request, int count,
                                   Session& session, const Output& output);

/// Shows those that come after the event `last`, until a call fails.
absl::Status FollowEvents(v1::ListEventsRequest request, int64_t last,
                          Session& session, const Output& output);

}  // namespace bursar::client

#endif  // BURSAR_CLIENT_BURSARCTL_EVENT_FOLLOW_H_
