// Unix sockets: listening at a path, and who connected. No state, no locking.

#ifndef BURSAR_SERVER_RPC_UNIX_SOCKET_H_
#define BURSAR_SERVER_RPC_UNIX_SOCKET_H_

#include <sys/types.h>

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace bursar {

/// A file descriptor, closed with the object.
class OpenFile {
 public:
  explicit OpenFile(int descriptor) : descriptor_(descriptor) {}
  OpenFile(OpenFile&& other) noexcept : descriptor_(other.Release()) {}
  OpenFile& operator=(OpenFile&&) = delete;
  ~OpenFile();

  int get() const { return descriptor_; }

  /// Hands it to who closes it.
  int Release();

 private:
  int descriptor_;
};

/// A non-blocking socket that listens at `path`. Takes the place of one that
/// nobody listens on any more. Fails, with words for the operator, if somebody
/// does, or if what is there is no socket.
absl::StatusOr<OpenFile> ListenAt(const std::string& path);

/// The user who connected, as the kernel knows it from then. Fails, with a
/// reason for the log, if it is one who has no number here: in another user
/// namespace, many share the number that stands for them.
absl::StatusOr<uid_t> UserBehind(int connection);

}  // namespace bursar

#endif  // BURSAR_SERVER_RPC_UNIX_SOCKET_H_
