// Port: where the keys to seal with come from, a file or a token. Thread-safe.

#ifndef BURSAR_SERVER_CORE_KEY_SOURCE_H_
#define BURSAR_SERVER_CORE_KEY_SOURCE_H_

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"

namespace bursar {

class KeySource {
 public:
  using Done = absl::AnyInvocable<void(absl::Status)>;

  virtual ~KeySource() = default;

  /// Looks for changed keys. Told once: OK when those that are there by now are
  /// in force, or else why not, with kKeyUnavailable; those before are then in
  /// force still.
  virtual void Reread(Done done) = 0;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_KEY_SOURCE_H_
