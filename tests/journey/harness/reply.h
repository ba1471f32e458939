// What a call to the broker ended in, taken apart as a caller in any language
// would: the code, and the google.rpc details. Plain data; no locking.

#ifndef BURSAR_TESTS_JOURNEY_HARNESS_REPLY_H_
#define BURSAR_TESTS_JOURNEY_HARNESS_REPLY_H_

#include <grpcpp/support/status.h>

#include <map>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "absl/time/time.h"

namespace bursar::journey {

/// A status; OK is one too.
struct Outcome {
  grpc::StatusCode code = grpc::StatusCode::OK;
  std::string message;
  /// ErrorInfo.
  std::string reason;
  std::string domain;
  std::map<std::string, std::string> metadata;
  /// RetryInfo.
  std::optional<absl::Duration> retry_delay;
  /// BadRequest's field paths.
  std::vector<std::string> fields;

  bool ok() const { return code == grpc::StatusCode::OK; }
};

Outcome OutcomeOf(const grpc::Status& status);

std::ostream& operator<<(std::ostream& stream, const Outcome& outcome);

template <typename Response>
struct Reply {
  Outcome outcome;
  Response value;

  bool ok() const { return outcome.ok(); }
};

}  // namespace bursar::journey

#endif  // BURSAR_TESTS_JOURNEY_HARNESS_REPLY_H_
