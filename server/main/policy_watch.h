// Puts the policy file in force, at start and whenever it changes: whole, or
// not at all. Owned by the broker's stack; borrows the policy in force and the
// executor, which must outlive it. Thread-safe.

#ifndef BURSAR_SERVER_MAIN_POLICY_WATCH_H_
#define BURSAR_SERVER_MAIN_POLICY_WATCH_H_

#include <string>

#include "absl/status/status.h"
#include "server/base/executor.h"
#include "server/base/file_watch.h"
#include "server/core/policy_in_force.h"

namespace bursar {

class PolicyWatch {
 public:
  PolicyWatch(std::string path, PolicyInForce& policy, Executor& executor);

  /// Puts the file in force and looks at it from now on, or says what is wrong
  /// with it. Call it once. A later file that is wrong is told in the log, and
  /// the policy before it stays in force.
  absl::Status Start();

 private:
  absl::Status Load();
  void Reload();

  const std::string path_;
  PolicyInForce& policy_;
  FileWatch watch_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_MAIN_POLICY_WATCH_H_
