// Subjects as a policy writes them: which forms there are, and where a prefix
// may end. Pure; no locking.

#ifndef BURSAR_SERVER_CORE_SUBJECT_PATTERN_H_
#define BURSAR_SERVER_CORE_SUBJECT_PATTERN_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "server/core/path_pattern.h"

namespace bursar {

/// The callers that `text` means: an Actor as authentication names it, or
/// "spiffe://DOMAIN/PATH/*" or "kubernetes:CLUSTER/NAMESPACE/*". Refuses with
/// INVALID_ARGUMENT, in words that follow the name of what is wrong, what is no
/// such form: a star elsewhere, a path too short to know whom it lets in.
absl::StatusOr<PathPattern> ParseSubject(absl::string_view text);

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_SUBJECT_PATTERN_H_
