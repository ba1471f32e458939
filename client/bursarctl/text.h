// Values as people read them. Pure functions.

#ifndef BURSAR_CLIENT_BURSARCTL_TEXT_H_
#define BURSAR_CLIENT_BURSARCTL_TEXT_H_

#include <google/protobuf/duration.pb.h>
#include <google/protobuf/repeated_ptr_field.h>
#include <google/protobuf/timestamp.pb.h>

#include <string>

#include "absl/strings/str_join.h"
#include "absl/time/time.h"

namespace bursar::client {

/// "2026-11-22 07:15:38Z (in 59m)"; empty if there is no time.
std::string TimeText(bool present, const google::protobuf::Timestamp& time,
                     absl::Time now);

/// "in 59m", "3h ago", "now".
std::string RelativeText(absl::Duration from_now);

google::protobuf::Duration ToProto(absl::Duration duration);

inline std::string ListText(
    const google::protobuf::RepeatedPtrField<std::string>& values) {
  return absl::StrJoin(values, " ");
}

}  // namespace bursar::client

#endif  // BURSAR_CLIENT_BURSARCTL_TEXT_H_
