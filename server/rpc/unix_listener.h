// A listener at a unix socket, where callers are whom the kernel says. gRPC
// does not tell who is at the other end, so connections are accepted here, and
// those of each user go to a server of that user's own: whatever comes in
// there is theirs. Owns a thread, which accepts; borrows the clock.
// Thread-safe.

#ifndef BURSAR_SERVER_RPC_UNIX_LISTENER_H_
#define BURSAR_SERVER_RPC_UNIX_LISTENER_H_

#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "absl/status/statusor.h"
#include "server/base/clock.h"
#include "server/base/log_budget.h"
#include "server/rpc/listener.h"
#include "server/rpc/unix_socket.h"

namespace bursar {

class UnixListener final : public Listener {
 public:
  /// How many users' connections it takes; those of further ones are closed.
  static constexpr std::size_t kMaxUsers = 256;

  /// Listens at `path` from now on.
  static absl::StatusOr<std::unique_ptr<Listener>> Open(
      const std::string& path, const ServedServices& served,
      const Clock& clock);

  ~UnixListener() override;

  std::string address() const override;
  /// Takes no new connections either.
  void StopServing() override;
  void End(std::chrono::system_clock::time_point deadline) override;

 private:
  // A user's door and what is behind it.
  struct UserServer;

  UnixListener(std::string path, const ServedServices& served,
               const Clock& clock, OpenFile listening, OpenFile wake);

  void Accept();
  void TakeAll();
  void Take(OpenFile connection);
  absl::StatusOr<DoorServer*> ServerOf(uid_t user);
  void StopAccepting();

  const std::string path_;
  const ServedServices& served_;
  const Clock& clock_;
  LogBudget budget_;
  std::optional<OpenFile> listening_;  // Used where they are accepted.
  const OpenFile wake_;
  std::mutex mutex_;
  std::map<uid_t, std::unique_ptr<UserServer>> servers_;  // Guarded by mutex_.
  std::thread accepting_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_RPC_UNIX_LISTENER_H_
