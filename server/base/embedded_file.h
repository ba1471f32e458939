// A text file that the build compiled into the binary (cmake/EmbedFiles.cmake).
// Immutable.

#ifndef BURSAR_SERVER_BASE_EMBEDDED_FILE_H_
#define BURSAR_SERVER_BASE_EMBEDDED_FILE_H_

#include <vector>

#include "absl/strings/string_view.h"

namespace bursar {

struct EmbeddedFile {
  /// Without its folder.
  absl::string_view name;
  absl::string_view content;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_BASE_EMBEDDED_FILE_H_
