// Puts the policy file in force, at start and whenever it changes: whole, or
// not at all. Owned by the broker's stack; borrows all but the path, which must
// outlive it. Thread-safe.

#ifndef BURSAR_SERVER_MAIN_POLICY_WATCH_H_
#define BURSAR_SERVER_MAIN_POLICY_WATCH_H_

#include <string>

#include "absl/status/status.h"
#include "server/base/clock.h"
#include "server/base/executor.h"
#include "server/base/file_watch.h"
#include "server/base/files_in_force.h"
#include "server/core/policy_in_force.h"

namespace bursar {

class PolicyWatch {
 public:
  PolicyWatch(std::string path, PolicyInForce& policy, FilesInForce& in_force,
              const Clock& clock, Executor& executor);

  /// Puts the file in force and looks at it from now on, or says what is wrong
  /// with it. Call it once. A later file that is wrong is told in the log, and
  /// the policy before it stays in force.
  absl::Status Start();

 private:
  absl::Status Load();
  void Reload();

  const std::string path_;
  PolicyInForce& policy_;
  FilesInForce& in_force_;
  const Clock& clock_;
  FileWatch watch_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_MAIN_POLICY_WATCH_H_
