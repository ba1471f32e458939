#include "server/rpc/unexpected_statuses.h"

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "server/base/log.h"

namespace bursar {

void UnexpectedStatuses::Tell(const absl::Status& status, absl::Time now) {
  const std::string code = absl::StatusCodeToString(status.code());
  const std::optional<int64_t> left_out =
      budget_.Take(absl::StrCat(code, " ", status.message()), now);
  if (!left_out) return;
  log::Error(
      "rpc.unexpected",
      {{"code", code}, {"message", status.message()}, {"left_out", *left_out}});
}

}  // namespace bursar
