// One HTTP call on a bare socket, for what a library would hide: how the
// connection ended.

#ifndef BURSAR_TESTS_UNIT_SANDBOX_RAW_CALL_H_
#define BURSAR_TESTS_UNIT_SANDBOX_RAW_CALL_H_

#include <string>

#include "absl/time/time.h"

namespace bursar::sandbox {

struct RawReply {
  enum class End { kClosed, kReset, kSilence };

  std::string text;
  End end = End::kClosed;
};

/// Posts `form` to `path` and reads until the connection ends or is silent for
/// `patience`.
RawReply RawPost(int port, const std::string& path, const std::string& form,
                 absl::Duration patience);

}  // namespace bursar::sandbox

#endif  // BURSAR_TESTS_UNIT_SANDBOX_RAW_CALL_H_
