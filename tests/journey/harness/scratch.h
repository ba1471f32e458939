// A folder for one test's files, gone with the object. Not thread-safe.

#ifndef BURSAR_TESTS_JOURNEY_HARNESS_SCRATCH_H_
#define BURSAR_TESTS_JOURNEY_HARNESS_SCRATCH_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace bursar::journey {

class Scratch {
 public:
  Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch();

  const std::string& path() const { return path_; }

  /// The path of `name` in this folder.
  std::string Path(absl::string_view name) const;

  /// Writes a file that only its owner may read; returns its path.
  std::string Write(absl::string_view name, absl::string_view content) const;

 private:
  std::string path_;
};

/// The file's bytes; empty if there is none.
std::string ReadFile(const std::string& path);

/// The paths of all files below `folder`.
std::vector<std::string> FilesBelow(const std::string& folder);

}  // namespace bursar::journey

#endif  // BURSAR_TESTS_JOURNEY_HARNESS_SCRATCH_H_
