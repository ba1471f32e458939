// Port: where a ring's keys come from if the file holds them only under another
// key, which never leaves its token. Not thread-safe.

#ifndef BURSAR_SERVER_SEALING_KEY_WRAPPER_H_
#define BURSAR_SERVER_SEALING_KEY_WRAPPER_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "server/base/secret.h"

namespace bursar {

class KeyWrapper {
 public:
  virtual ~KeyWrapper() = default;

  /// `key` as bytes that may stand in a file, bound to `key_id`.
  virtual absl::StatusOr<std::string> Wrap(const Secret& key,
                                           absl::string_view key_id) = 0;

  /// Takes back what Wrap made for the same id. Must return an error that says
  /// what to do, and nothing of the key.
  virtual absl::StatusOr<Secret> Unwrap(absl::string_view wrapped,
                                        absl::string_view key_id) = 0;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_SEALING_KEY_WRAPPER_H_
