// What bursarctl's exit code says, and what goes to standard error with it.
// Pure functions.

#ifndef BURSAR_CLIENT_BURSARCTL_EXIT_CODE_H_
#define BURSAR_CLIENT_BURSARCTL_EXIT_CODE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace bursar::client {

enum ExitCode {
  kDone = 0,
  kRefused = 1,
  kUsage = 2,
  kUnreachable = 3,
  kNotFound = 4,
  kConsentRequired = 5,
  kTryLater = 6,
  kTampered = 7,
};

/// For --help.
extern const char kExitCodesHelp[];

/// A mistake on the command line, or in a file that it names.
absl::Status UsageError(absl::string_view message);

/// The record of events is not what was written.
absl::Status TamperedError(absl::string_view message);

ExitCode ExitCodeOf(const absl::Status& status);

/// Several lines for people: what happened, why, what to do about it.
std::string Explain(const absl::Status& status);

}  // namespace bursar::client

#endif  // BURSAR_CLIENT_BURSARCTL_EXIT_CODE_H_
