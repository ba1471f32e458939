// One accepted connection, plain or TLS, which the thread that serves it can
// also cut: the HTTP library knows only whole answers. Owned by that thread;
// not thread-safe.

#ifndef BURSAR_SANDBOX_CONNECTION_H_
#define BURSAR_SANDBOX_CONNECTION_H_

#include <httplib.h>
#include <openssl/ssl.h>

#include <array>
#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "sandbox/stop_signal.h"

namespace bursar::sandbox {

class Connection final : public httplib::Stream {
 public:
  /// Takes over the descriptor. `stop` outlives this object.
  Connection(int descriptor, const StopSignal& stop);
  ~Connection() override;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// The one that the calling thread serves right now.
  static Connection& Current();

  /// The server's half of the handshake; false if it fails.
  bool StartTls(SSL_CTX* context);

  /// False when none came in time, the peer left, or the sandbox ends.
  bool WaitForRequest(absl::Duration limit);

  /// The head of the request that comes next, still to be read: all of it, or
  /// as much as the buffer holds or comes in time. Valid until it is read.
  absl::string_view PeekHead();

  /// From now on nothing is sent. Then the connection is reset (RST)…
  void Reset();
  /// …or closed (FIN).
  void Drop();

  /// Whether one of these two was asked for.
  bool IsCut() const { return ending_ != Ending::kOpen; }

  /// Waits for the peer to close, for `limit`, or for the sandbox to end.
  void WaitUntilPeerLeaves(absl::Duration limit);

  // httplib::Stream:
  bool is_readable() const override;
  bool is_writable() const override;
  ssize_t read(char* data, std::size_t size) override;
  ssize_t write(const char* data, std::size_t size) override;
  void get_remote_ip_and_port(std::string& ip, int& port) const override;
  void get_local_ip_and_port(std::string& ip, int& port) const override;
  /// Not the true one: the library would refuse those that select(2) cannot
  /// hold, and nothing here selects.
  int socket() const override { return 0; }

 private:
  enum class Ending { kOpen, kDropped, kReset };

  bool Buffered() const;
  bool WaitForMore() const;
  ssize_t Receive();

  struct SslDeleter {
    void operator()(SSL* ssl) const { SSL_free(ssl); }
  };

  const int descriptor_;
  const StopSignal& stop_;
  std::unique_ptr<SSL, SslDeleter> ssl_;
  Ending ending_ = Ending::kOpen;
  // The library reads a line byte by byte.
  std::array<char, 8192> buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

}  // namespace bursar::sandbox

#endif  // BURSAR_SANDBOX_CONNECTION_H_
