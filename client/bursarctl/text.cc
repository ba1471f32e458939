#include "client/bursarctl/text.h"

#include "absl/strings/str_cat.h"

namespace bursar::client {

std::string RelativeText(absl::Duration from_now) {
  const absl::Duration distance = absl::AbsDuration(from_now);
  std::string text;
  for (const auto& [unit, name] :
       {std::pair(absl::Hours(24), "d"), std::pair(absl::Hours(1), "h"),
        std::pair(absl::Minutes(1), "m"), std::pair(absl::Seconds(1), "s")}) {
    if (distance < unit) continue;
    text = absl::StrCat(static_cast<int64_t>(distance / unit), name);
    break;
  }
  if (text.empty()) return "now";
  return from_now > absl::ZeroDuration() ? absl::StrCat("in ", text)
                                         : absl::StrCat(text, " ago");
}

std::string TimeText(bool present, const google::protobuf::Timestamp& time,
                     absl::Time now) {
  if (!present) return "";
  const absl::Time at =
      absl::FromUnixSeconds(time.seconds()) + absl::Nanoseconds(time.nanos());
  return absl::StrCat(
      absl::FormatTime("%Y-%m-%d %H:%M:%SZ", at, absl::UTCTimeZone()), " (",
      RelativeText(at - now), ")");
}

google::protobuf::Duration ToProto(absl::Duration duration) {
  google::protobuf::Duration proto;
  proto.set_seconds(absl::IDivDuration(duration, absl::Seconds(1), &duration));
  proto.set_nanos(static_cast<int>(duration / absl::Nanoseconds(1)));
  return proto;
}

}  // namespace bursar::client
