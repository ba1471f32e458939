// What a policy says of callers, found by the caller in a few look-ups however
// long the policy is. Built once, then immutable; no locking.

#ifndef BURSAR_SERVER_CORE_BY_SUBJECT_H_
#define BURSAR_SERVER_CORE_BY_SUBJECT_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "server/core/path_pattern.h"

namespace bursar {

template <typename T>
class BySubject {
 public:
  void Add(const PathPattern& subject, T value) {
    auto& map = subject.below() ? below_ : exact_;
    map[subject.stem()].push_back(std::move(value));
  }

  /// The first value under a pattern that matches `subject` and for which
  /// `is_it` says true, or null. The nearest pattern comes first: the subject
  /// itself, then the longest path.
  template <typename IsIt>
  const T* Find(absl::string_view subject, IsIt is_it) const {
    if (const T* found = FindIn(exact_, subject, is_it)) return found;
    if (below_.empty()) return nullptr;
    absl::string_view path = subject;
    // What ends with a slash is not strictly below it.
    if (!path.empty()) path.remove_suffix(1);
    while (true) {
      const std::size_t slash = path.rfind('/');
      if (slash == absl::string_view::npos) return nullptr;
      if (const T* found =
              FindIn(below_, subject.substr(0, slash + 1), is_it)) {
        return found;
      }
      path = path.substr(0, slash);
    }
  }

 private:
  using Map = absl::flat_hash_map<std::string, std::vector<T>>;

  template <typename IsIt>
  static const T* FindIn(const Map& map, absl::string_view key, IsIt is_it) {
    const auto entry = map.find(key);
    if (entry == map.end()) return nullptr;
    for (const T& value : entry->second) {
      if (is_it(value)) return &value;
    }
    return nullptr;
  }

  Map exact_;
  Map below_;  // Under paths with their last slash.
};

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_BY_SUBJECT_H_
