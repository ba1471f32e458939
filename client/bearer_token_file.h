// A bearer token from a file, read again as the file changes: Kubernetes puts a
// new token of a service account in the old one's place long before that ends.
// Thread-safe.

#ifndef BURSAR_CLIENT_BEARER_TOKEN_FILE_H_
#define BURSAR_CLIENT_BEARER_TOKEN_FILE_H_

#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "client/secret_text.h"

namespace grpc::experimental {
class ClientInterceptorFactoryInterface;
}  // namespace grpc::experimental

namespace bursar::client {

class BearerTokenFile {
 public:
  /// INVALID_ARGUMENT if there is no token in the file at `path` now.
  static absl::StatusOr<std::shared_ptr<BearerTokenFile>> Open(
      std::string path);

  /// "Bearer ..." with the token that the file holds, or held when it was last
  /// fit to be read. Looks at most once a second.
  std::shared_ptr<const SecretText> Authorization();

 private:
  explicit BearerTokenFile(std::string path) : path_(std::move(path)) {}

  const std::string path_;
  std::mutex mutex_;
  // Guarded by mutex_.
  std::shared_ptr<const SecretText> authorization_;
  std::chrono::steady_clock::time_point read_;
};

/// Puts the token of `file` on every call of a channel. The channel must hide
/// what it carries: nothing here looks at that.
std::vector<
    std::unique_ptr<grpc::experimental::ClientInterceptorFactoryInterface>>
BearerInterceptors(std::shared_ptr<BearerTokenFile> file);

}  // namespace bursar::client

#endif  // BURSAR_CLIENT_BEARER_TOKEN_FILE_H_
