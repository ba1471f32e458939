#include "server/rpc/status.h"

#include <algorithm>
#include <string>

#include "absl/time/time.h"
#include "google/rpc/error_details.pb.h"
#include "server/base/clock.h"
#include "server/core/reason.h"
#include "server/messages/times.h"
#include "server/rpc/unexpected_statuses.h"

namespace bursar {
namespace {

// Which way a state is unusable would tell a guesser how near they are.
void Blur(Refusal& refusal) {
  if (refusal.reason != Reason::kStateUnusable) return;
  refusal.message =
      "the state is unknown, used, expired or another's: begin consent again";
  refusal.metadata.clear();
}

google::rpc::Status Details(const Refusal& refusal, absl::StatusCode code) {
  google::rpc::Status details;
  details.set_code(static_cast<int>(code));
  details.set_message(refusal.message);

  google::rpc::ErrorInfo info;
  info.set_reason(std::string(ReasonName(refusal.reason)));
  info.set_domain("bursar");
  info.mutable_metadata()->insert(refusal.metadata.begin(),
                                  refusal.metadata.end());
  details.add_details()->PackFrom(info);

  if (refusal.retry_after) {
    google::rpc::RetryInfo retry;
    *retry.mutable_retry_delay() =
        ToProto(std::max(*refusal.retry_after, absl::ZeroDuration()));
    details.add_details()->PackFrom(retry);
  }
  if (!refusal.field.empty()) {
    google::rpc::BadRequest bad_request;
    auto* violation = bad_request.add_field_violations();
    violation->set_field(refusal.field);
    violation->set_description(refusal.message);
    details.add_details()->PackFrom(bad_request);
  }
  return details;
}

// One budget for all servers of the process, which have one log.
void TellLog(const absl::Status& status) {
  static const SystemClock clock;
  static UnexpectedStatuses unexpected;
  unexpected.Tell(status, clock.Now());
}

}  // namespace

grpc::Status ToGrpc(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  std::optional<Refusal> refusal = RefusalOf(status);
  if (!refusal) {
    TellLog(status);
    return {grpc::StatusCode::INTERNAL,
            "something went wrong inside the server; its log says more"};
  }
  Blur(*refusal);
  const google::rpc::Status details = Details(*refusal, status.code());
  return {static_cast<grpc::StatusCode>(status.code()), refusal->message,
          details.SerializeAsString()};
}

}  // namespace bursar
