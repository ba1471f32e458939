// Secrets that an operator gives: from a file or standard input, never from the
// command line, which other users of the machine can read.

#ifndef BURSAR_CLIENT_BURSARCTL_SECRET_INPUT_H_
#define BURSAR_CLIENT_BURSARCTL_SECRET_INPUT_H_

#include <string>

#include "absl/status/statusor.h"
#include "server/base/secret.h"

namespace bursar::client {

/// What the file at `path` holds, or standard input if it is "-", without the
/// end of the last line. A terminal does not show what is typed. A usage error
/// if there is nothing or too much.
absl::StatusOr<Secret> ReadSecret(const std::string& path);

}  // namespace bursar::client

#endif  // BURSAR_CLIENT_BURSARCTL_SECRET_INPUT_H_
