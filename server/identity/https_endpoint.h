// Port: one URL that the configuration names, asked over HTTPS with what it
// takes to be let in. Thread-safe.

#ifndef BURSAR_SERVER_IDENTITY_HTTPS_ENDPOINT_H_
#define BURSAR_SERVER_IDENTITY_HTTPS_ENDPOINT_H_

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "server/base/secret.h"

namespace bursar {

class HttpsEndpoint {
 public:
  /// The body of a good answer, of bounded size; or why there is none, in words
  /// for the log that repeat nothing of the answer. Told once, on a thread that
  /// must not be kept waiting.
  using Done = absl::AnyInvocable<void(absl::StatusOr<Secret>)>;

  virtual ~HttpsEndpoint() = default;

  virtual void Get(Done done) = 0;

  /// `json` is the body.
  virtual void Post(Secret json, Done done) = 0;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_IDENTITY_HTTPS_ENDPOINT_H_
