// The file that keys are in, as bytes: for its owner alone, and changed as a
// whole or not at all. An error names the file and says what to do. Stateless.

#ifndef BURSAR_SERVER_SEALING_KEY_FILE_H_
#define BURSAR_SERVER_SEALING_KEY_FILE_H_

#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "server/base/secret.h"

namespace bursar {

/// Refuses a file that others than its owner may use. `what` is what it is,
/// such as "key file".
absl::StatusOr<Secret> ReadSecretFile(const std::string& path,
                                      absl::string_view what);

/// The same for a key file; if there is none, says how to make one.
absl::StatusOr<Secret> ReadKeyFile(const std::string& path);

/// Never overwrites: must return ALREADY_EXISTS if there is a file.
absl::Status CreateKeyFile(const std::string& path, const Secret& content);

/// While it lives nobody else who takes it changes the key file, in whatever
/// process. What the file held before may have changed by then.
class KeyFileLock {
 public:
  /// Waits for whoever has it. There must be a file. Leaves the lock file,
  /// PATH.lock, behind: removing it would let two in.
  static absl::StatusOr<KeyFileLock> Take(const std::string& path);

  KeyFileLock(KeyFileLock&& other) noexcept
      : file_(std::exchange(other.file_, -1)) {}
  KeyFileLock& operator=(KeyFileLock&&) = delete;
  ~KeyFileLock();

 private:
  explicit KeyFileLock(int file) : file_(file) {}

  int file_;
};

/// Puts `content` in the place of what the file holds, durably, for the same
/// owner. Whoever reads meanwhile sees the one or the other.
absl::Status ReplaceKeyFile(const std::string& path, const Secret& content);

}  // namespace bursar

#endif  // BURSAR_SERVER_SEALING_KEY_FILE_H_
