// Tells when files change: what they hold, whether they are there, and where
// links on their way lead, as Kubernetes swaps its volumes. Owned by who reads
// the files; borrows an Executor, which must outlive it, and has no thread of
// its own. Thread-safe, but for its destructor.

#ifndef BURSAR_SERVER_BASE_FILE_WATCH_H_
#define BURSAR_SERVER_BASE_FILE_WATCH_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/time/time.h"
#include "server/base/executor.h"

namespace bursar {

class FileWatch {
 public:
  /// How often the files are read.
  static constexpr absl::Duration kInterval = absl::Milliseconds(500);

  /// Remembers what the files at `paths` hold by now. Make it before reading
  /// them: what changes in between is then told.
  FileWatch(std::vector<std::string> paths, Executor& executor);

  /// Once it returns, nobody is told any more. Waits for who is being told, so
  /// not to be called from there.
  ~FileWatch();

  /// Calls `changed` from now on, on the executor, after each interval in which
  /// a file changed, appeared or went; once for all of them. A file that is
  /// being written may be seen half done, and is told of again. Call it once.
  void Start(absl::AnyInvocable<void()> changed);

 private:
  struct State;

  static void LookAgain(const std::shared_ptr<State>& state);

  const std::shared_ptr<State> state_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_BASE_FILE_WATCH_H_
