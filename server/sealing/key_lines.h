// A key file as text: which of its lines are keys, and how a key is written.
// Pure; no locking.

#ifndef BURSAR_SERVER_SEALING_KEY_LINES_H_
#define BURSAR_SERVER_SEALING_KEY_LINES_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "server/base/secret.h"

namespace bursar {

inline constexpr std::size_t kKeyBytes = 32;

/// A line that holds a key.
struct KeyLine {
  std::string id;
  /// Whether `value` is under a token's key; it is the key itself otherwise.
  bool wrapped = false;
  Secret value;
  /// "FILE:LINE", for messages.
  std::string where;
  /// Where its text is in the file's.
  std::size_t begin = 0;
  std::size_t end = 0;  ///< After the line's end.
};

/// The keys in `content`, one at least; an error names the line in `path`, and
/// nothing of a key.
absl::StatusOr<std::vector<KeyLine>> ParseKeyLines(const std::string& path,
                                                   absl::string_view content);

/// A line for the file, its end included.
Secret FormatKeyLine(absl::string_view id, bool wrapped,
                     absl::string_view value);

}  // namespace bursar

#endif  // BURSAR_SERVER_SEALING_KEY_LINES_H_
