// A name as a policy writes it: one, or all below a path ("a/b/*"). Prefixes
// end at path boundaries alone. Immutable; no locking.

#ifndef BURSAR_SERVER_CORE_PATH_PATTERN_H_
#define BURSAR_SERVER_CORE_PATH_PATTERN_H_

#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"

namespace bursar {

class PathPattern {
 public:
  /// This very name.
  static PathPattern Exactly(absl::string_view name) {
    return {std::string(name), false};
  }

  /// What is strictly below `path`, which ends with a slash.
  static PathPattern Below(absl::string_view path) {
    return {std::string(path), true};
  }

  bool Matches(absl::string_view name) const {
    if (!below_) return name == stem_;
    return name.size() > stem_.size() && absl::StartsWith(name, stem_);
  }

  /// The name, or the path with its last slash.
  const std::string& stem() const { return stem_; }
  bool below() const { return below_; }

 private:
  PathPattern(std::string stem, bool below)
      : stem_(std::move(stem)), below_(below) {}

  std::string stem_;
  bool below_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_PATH_PATTERN_H_
