// A provider's limits as people read them. Pure.

#ifndef BURSAR_CLIENT_BURSARCTL_LIMIT_TEXT_H_
#define BURSAR_CLIENT_BURSARCTL_LIMIT_TEXT_H_

#include <string>

#include "absl/time/time.h"
#include "bursar/v1/grants.pb.h"
#include "google/protobuf/repeated_ptr_field.h"

namespace bursar::client {

/// Such as "3/10 codes in 10m, 20/20 refresh_tokens"; with the time when there
/// is room again after one that is full.
std::string LimitsText(
    const google::protobuf::RepeatedPtrField<v1::LimitUsage>& limits,
    absl::Time now);

}  // namespace bursar::client

#endif  // BURSAR_CLIENT_BURSARCTL_LIMIT_TEXT_H_
