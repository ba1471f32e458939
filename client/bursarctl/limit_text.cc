#include "client/bursarctl/limit_text.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "client/bursarctl/text.h"

namespace bursar::client {

std::string LimitsText(
    const google::protobuf::RepeatedPtrField<v1::LimitUsage>& limits,
    absl::Time now) {
  const auto one = [now](std::string* out, const v1::LimitUsage& limit) {
    absl::StrAppend(out, limit.used(), "/", limit.at_most(), " ",
                    limit.counted());
    if (limit.has_within()) {
      absl::StrAppend(
          out, " in ",
          absl::FormatDuration(absl::Seconds(limit.within().seconds())));
    }
    if (limit.has_full_until()) {
      absl::StrAppend(out, " until ", TimeText(true, limit.full_until(), now));
    }
  };
  return absl::StrJoin(limits, ", ", one);
}

}  // namespace bursar::client
