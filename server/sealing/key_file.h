// The file that keys are in, as bytes: for its owner alone, and changed as a
// whole or not at all. An error names the file and says what to do. Stateless.

#ifndef BURSAR_SERVER_SEALING_KEY_FILE_H_
#define BURSAR_SERVER_SEALING_KEY_FILE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/base/secret.h"

namespace bursar {

/// Refuses a file that others than its owner may use.
absl::StatusOr<Secret> ReadKeyFile(const std::string& path);

/// Never overwrites: must return ALREADY_EXISTS if there is a file.
absl::Status CreateKeyFile(const std::string& path, const Secret& content);

/// Puts `content` in the place of what the file holds, durably, for the same
/// owner. Whoever reads meanwhile sees the one or the other.
absl::Status ReplaceKeyFile(const std::string& path, const Secret& content);

}  // namespace bursar

#endif  // BURSAR_SERVER_SEALING_KEY_FILE_H_
