#include "server/rpc/unix_socket.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace bursar {
namespace {

absl::Status Occupied(const std::string& path, absl::string_view what) {
  return absl::FailedPreconditionError(absl::StrCat("unix:", path, ": ", what));
}

// Whether a connection is refused because nobody listens.
bool Deserted(const sockaddr_un& address) {
  const int probe = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (probe < 0) return false;
  const int result = connect(probe, reinterpret_cast<const sockaddr*>(&address),
                             sizeof(address));
  const bool refused = result != 0 && errno == ECONNREFUSED;
  close(probe);
  return refused;
}

}  // namespace

absl::Status ClearStaleSocket(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof(address.sun_path)) {
    return Occupied(path, absl::StrCat("the path is too long for a socket: at "
                                       "most ",
                                       sizeof(address.sun_path) - 1, " bytes"));
  }
  std::memcpy(address.sun_path, path.c_str(), path.size());

  struct stat found {};
  if (lstat(path.c_str(), &found) != 0) {
    if (errno == ENOENT) return absl::OkStatus();
    return Occupied(path, std::strerror(errno));
  }
  if (!S_ISSOCK(found.st_mode)) {
    return Occupied(path, "there is a file that is no socket: move it away");
  }
  if (!Deserted(address)) {
    return Occupied(path, "another server listens there already");
  }
  if (unlink(path.c_str()) != 0) return Occupied(path, std::strerror(errno));
  return absl::OkStatus();
}

}  // namespace bursar
