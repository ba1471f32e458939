// A folder for one test's files, which goes with the object and all that is in
// it. Its owner's alone. Thread-safe.

#ifndef BURSAR_TESTS_FAKES_TEMPORARY_FOLDER_H_
#define BURSAR_TESTS_FAKES_TEMPORARY_FOLDER_H_

#include <string>

#include "absl/strings/string_view.h"

namespace bursar {

class TemporaryFolder {
 public:
  /// Ends the process if no folder can be made.
  TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder();

  const std::string& path() const { return path_; }

  /// The path of `name` in this folder.
  std::string Path(absl::string_view name) const;

  /// Writes a file that only its owner may read, with the folders it needs;
  /// returns its path.
  std::string Write(absl::string_view name, absl::string_view content) const;

 private:
  const std::string path_;
};

}  // namespace bursar

#endif  // BURSAR_TESTS_FAKES_TEMPORARY_FOLDER_H_
