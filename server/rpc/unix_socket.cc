#include "server/rpc/unix_socket.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace bursar {
namespace {

absl::Status Occupied(const std::string& path, absl::string_view what) {
  return absl::FailedPreconditionError(absl::StrCat("unix:", path, ": ", what));
}

absl::StatusOr<sockaddr_un> AddressOf(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof(address.sun_path)) {
    return Occupied(path, absl::StrCat("the path is too long for a socket: at "
                                       "most ",
                                       sizeof(address.sun_path) - 1, " bytes"));
  }
  std::memcpy(address.sun_path, path.c_str(), path.size());
  return address;
}

const sockaddr* Generic(const sockaddr_un& address) {
  return reinterpret_cast<const sockaddr*>(&address);
}

// Whether a connection is refused because nobody listens.
bool Deserted(const sockaddr_un& address) {
  const OpenFile probe(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (probe.get() < 0) return false;
  return connect(probe.get(), Generic(address), sizeof(address)) != 0 &&
         errno == ECONNREFUSED;
}

absl::Status ClearStaleSocket(const std::string& path,
                              const sockaddr_un& address) {
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

// The number that stands for every user who has none here.
uid_t NobodysNumber() {
  static const uid_t number = [] {
    uid_t read = 65534;
    std::ifstream("/proc/sys/kernel/overflowuid") >> read;
    return read;
  }();
  return number;
}

}  // namespace

OpenFile::~OpenFile() {
  if (descriptor_ >= 0) close(descriptor_);
}

int OpenFile::Release() { return std::exchange(descriptor_, -1); }

absl::StatusOr<OpenFile> ListenAt(const std::string& path) {
  const absl::StatusOr<sockaddr_un> address = AddressOf(path);
  if (!address.ok()) return address.status();
  absl::Status cleared = ClearStaleSocket(path, *address);
  if (!cleared.ok()) return cleared;
  OpenFile listening(
      socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (listening.get() < 0 ||
      bind(listening.get(), Generic(*address), sizeof(*address)) != 0 ||
      listen(listening.get(), SOMAXCONN) != 0) {
    return Occupied(
        path, absl::StrCat("cannot listen there: ", std::strerror(errno)));
  }
  return listening;
}

absl::StatusOr<uid_t> UserBehind(int connection) {
  ucred peer{};
  socklen_t size = sizeof(peer);
  if (getsockopt(connection, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) {
    return absl::UnauthenticatedError("the kernel does not say who connected");
  }
  if (peer.uid == NobodysNumber()) {
    return absl::UnauthenticatedError(
        "who connected has no number in this user namespace");
  }
  return peer.uid;
}

}  // namespace bursar
