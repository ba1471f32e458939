#include "server/rpc/ledger_answer.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "server/core/reason.h"

namespace bursar {

absl::Status Explain(const absl::Status& status, absl::string_view resource,
                     absl::string_view name) {
  if (RefusalOf(status)) return status;
  if (absl::IsNotFound(status)) {
    return NotFound(resource, absl::StrCat("no ", resource, " ", name));
  }
  if (absl::IsAlreadyExists(status)) {
    return ToStatus(
        {Reason::kResourceExists,
         absl::StrCat("there is a ", resource, " ", name, " already"),
         {},
         {},
         {{"resource", std::string(resource)}}});
  }
  if (absl::IsAborted(status)) {
    return ToStatus({Reason::kEtagStale,
                     absl::StrCat("the ", resource, " ", name,
                                  " has changed since: read it again"),
                     {},
                     {},
                     {}});
  }
  return status;
}

}  // namespace bursar
