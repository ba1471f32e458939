// Which files that are read again when they change are in force as they stand,
// and which were refused, so that what was there before still counts. Owned by
// the broker's stack; whoever reads the files tells it. Thread-safe.

#ifndef BURSAR_SERVER_BASE_FILES_IN_FORCE_H_
#define BURSAR_SERVER_BASE_FILES_IN_FORCE_H_

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "absl/time/time.h"

namespace bursar {

/// Files that are taken together or not at all.
struct FilesTogether {
  /// "certificate", "client_ca", "policy" or "keyring".
  std::string kind;
  std::vector<std::string> paths;

  bool operator<(const FilesTogether& other) const {
    return kind != other.kind ? kind < other.kind : paths < other.paths;
  }
};

class FilesInForce {
 public:
  struct State {
    bool refused = false;
    /// When they were read last and found good.
    absl::Time taken = absl::InfinitePast();
  };

  /// The files as they stand at `now` are in force.
  void Taken(const FilesTogether& files, absl::Time now);

  /// The files as they stand are not; what was taken before still is.
  void Refused(const FilesTogether& files);

  /// All that anything was told about.
  std::map<FilesTogether, State> States() const;

 private:
  mutable std::mutex mutex_;
  std::map<FilesTogether, State> states_;  // Guarded by mutex_.
};

}  // namespace bursar

#endif  // BURSAR_SERVER_BASE_FILES_IN_FORCE_H_
