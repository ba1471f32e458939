// A program that a test runs: its output goes to files, and it dies with the
// test. Not thread-safe.

#ifndef BURSAR_TESTS_JOURNEY_HARNESS_PROCESS_H_
#define BURSAR_TESTS_JOURNEY_HARNESS_PROCESS_H_

#include <sys/types.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "tests/fakes/eventually.h"

namespace bursar::journey {

class Process {
 public:
  struct Options {
    /// The program's path, then its arguments.
    std::vector<std::string> argv = {};
    /// Beside the test's own environment.
    std::vector<std::pair<std::string, std::string>> environment = {};
    /// Where output goes: "<log>.out" and "<log>.err", appended to.
    std::string log = "";
    /// Read as standard input; nothing if empty.
    std::string input_file = "";
  };

  explicit Process(const Options& options);
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  /// Kills it if it still runs.
  ~Process();

  void Signal(int signal) const;

  /// Its exit code, or minus the signal that ended it; nullopt if it still runs
  /// after `bound`.
  std::optional<int> Wait(absl::Duration bound = kBound);

  bool Running() { return !Wait(absl::ZeroDuration()).has_value(); }

  pid_t pid() const { return pid_; }

  /// As the kernel shows them to whoever runs `ps`; empty once it has ended.
  std::vector<std::string> CommandLine() const;

  std::string Output() const;
  std::string Errors() const;

 private:
  const std::string log_;
  pid_t pid_ = -1;
  std::optional<int> exit_;
};

/// Runs a program to its end.
struct Finished {
  /// As Process::Wait says it; nullopt if it had to be killed.
  std::optional<int> exit;
  std::string output;
  std::string errors;
};
Finished RunProgram(const Process::Options& options,
                    absl::Duration bound = kBound);

/// A port that was free on loopback a moment ago.
int FreePort();

}  // namespace bursar::journey

#endif  // BURSAR_TESTS_JOURNEY_HARNESS_PROCESS_H_
