#include "server/base/files_in_force.h"

namespace bursar {

void FilesInForce::Taken(const FilesTogether& files, absl::Time now) {
  const std::lock_guard lock(mutex_);
  states_[files] = {false, now};
}

void FilesInForce::Refused(const FilesTogether& files) {
  const std::lock_guard lock(mutex_);
  states_[files].refused = true;
}

std::map<FilesTogether, FilesInForce::State> FilesInForce::States() const {
  const std::lock_guard lock(mutex_);
  return states_;
}

}  // namespace bursar
