#include "tests/journey/harness/reply.h"

#include "google/rpc/error_details.pb.h"

namespace bursar::journey {

Outcome OutcomeOf(const grpc::Status& status) {
  Outcome outcome;
  outcome.code = status.error_code();
  outcome.message = status.error_message();
  google::rpc::Status details;
  details.ParseFromString(status.error_details());
  for (const google::protobuf::Any& detail : details.details()) {
    google::rpc::ErrorInfo info;
    google::rpc::RetryInfo retry;
    google::rpc::BadRequest bad_request;
    if (detail.UnpackTo(&info)) {
      outcome.reason = info.reason();
      outcome.domain = info.domain();
      outcome.metadata = {info.metadata().begin(), info.metadata().end()};
    } else if (detail.UnpackTo(&retry)) {
      outcome.retry_delay = absl::Seconds(retry.retry_delay().seconds()) +
                            absl::Nanoseconds(retry.retry_delay().nanos());
    } else if (detail.UnpackTo(&bad_request)) {
      for (const auto& violation : bad_request.field_violations()) {
        outcome.fields.push_back(violation.field());
      }
    }
  }
  return outcome;
}

std::ostream& operator<<(std::ostream& stream, const Outcome& outcome) {
  stream << "code " << outcome.code << " " << outcome.reason << " \""
         << outcome.message << "\"";
  for (const std::string& field : outcome.fields) stream << " field " << field;
  return stream;
}

}  // namespace bursar::journey
