#include "server/rpc/unix_listener.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "server/base/log.h"
#include "server/rpc/door.h"

namespace bursar {
namespace {

// Where there is no descriptor left: until somebody closes one.
constexpr int kPauseMs = 100;

bool IsTransient(int error) {
  return error == EINTR || error == ECONNABORTED || error == EPROTO;
}

}  // namespace

struct UnixListener::UserServer {
  explicit UserServer(uid_t user) : door(Actor(absl::StrCat("unix:", user))) {}

  PlainDoor door;
  std::unique_ptr<DoorServer> server;
};

absl::StatusOr<std::unique_ptr<Listener>> UnixListener::Open(
    const std::string& path, const ServedServices& served, const Clock& clock) {
  absl::StatusOr<OpenFile> listening = ListenAt(path);
  if (!listening.ok()) return listening.status();
  OpenFile wake(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (wake.get() < 0) return absl::InternalError("no event could be made");
  return std::unique_ptr<Listener>(new UnixListener(
      path, served, clock, *std::move(listening), std::move(wake)));
}

UnixListener::UnixListener(std::string path, const ServedServices& served,
                           const Clock& clock, OpenFile listening,
                           OpenFile wake)
    : path_(std::move(path)),
      served_(served),
      clock_(clock),
      listening_(std::move(listening)),
      wake_(std::move(wake)),
      accepting_([this] { Accept(); }) {}

UnixListener::~UnixListener() { StopAccepting(); }

std::string UnixListener::address() const {
  return absl::StrCat("unix:", path_);
}

void UnixListener::StopServing() {
  StopAccepting();
  const std::lock_guard lock(mutex_);
  for (auto& [user, serves] : servers_) serves->server->StopServing();
}

void UnixListener::End(std::chrono::system_clock::time_point deadline) {
  StopAccepting();
  const std::lock_guard lock(mutex_);
  for (auto& [user, serves] : servers_) serves->server->End(deadline);
}

void UnixListener::StopAccepting() {
  if (!accepting_.joinable()) return;
  // First, so that a server that takes the path meanwhile keeps its own.
  unlink(path_.c_str());
  eventfd_write(wake_.get(), 1);
  accepting_.join();
  // Who connected too late is told so at once.
  listening_.reset();
}

void UnixListener::Accept() {
  pollfd watched[] = {{wake_.get(), POLLIN, 0}, {listening_->get(), POLLIN, 0}};
  while (true) {
    if (poll(watched, 2, -1) < 0) continue;
    if (watched[0].revents != 0) return;
    TakeAll();
  }
}

void UnixListener::TakeAll() {
  while (true) {
    OpenFile connection(accept4(listening_->get(), nullptr, nullptr,
                                SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (connection.get() >= 0) {
      Take(std::move(connection));
    } else if (!IsTransient(errno)) {
      if (errno == EAGAIN || errno == EWOULDBLOCK) return;
      pollfd woken{wake_.get(), POLLIN, 0};
      poll(&woken, 1, kPauseMs);
      return;
    }
  }
}

void UnixListener::Take(OpenFile connection) {
  const absl::StatusOr<uid_t> user = UserBehind(connection.get());
  const absl::StatusOr<DoorServer*> server =
      user.ok() ? ServerOf(*user) : user.status();
  if (!server.ok()) {
    const absl::string_view why = server.status().message();
    const auto left_out = budget_.Take(why, clock_.Now());
    if (left_out) {
      log::Warning("unix.refused", {{"why", why}, {"left_out", *left_out}});
    }
    return;
  }
  (*server)->Take(connection.Release());
}

absl::StatusOr<DoorServer*> UnixListener::ServerOf(uid_t user) {
  const std::lock_guard lock(mutex_);
  const auto found = servers_.find(user);
  if (found != servers_.end()) return found->second->server.get();
  if (servers_.size() >= kMaxUsers) {
    return absl::ResourceExhaustedError("too many users have connected");
  }
  auto made = std::make_unique<UserServer>(user);
  auto server = DoorServer::ForConnections({made->door, served_});
  if (!server.ok()) return server.status();
  made->server = *std::move(server);
  DoorServer* serves = made->server.get();
  servers_.emplace(user, std::move(made));
  return serves;
}

}  // namespace bursar
