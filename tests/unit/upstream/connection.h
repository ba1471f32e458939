// The server's end of one connection, driven step by step by the test itself.
// Steps block, for ten seconds at most. Not thread-safe.

#ifndef BURSAR_TESTS_UNIT_UPSTREAM_CONNECTION_H_
#define BURSAR_TESTS_UNIT_UPSTREAM_CONNECTION_H_

#include <openssl/ssl.h>

#include <cstddef>
#include <memory>
#include <string>

#include "absl/strings/string_view.h"

namespace bursar {

class Connection {
 public:
  /// Takes over `socket`.
  explicit Connection(int socket);
  Connection(Connection&& other) noexcept;
  Connection& operator=(Connection&&) = delete;
  ~Connection();

  /// Speaks TLS from now on; false if the client broke off.
  bool Handshake(SSL_CTX* context);

  /// Reads one request with its body. Empty if the client closed.
  std::string ReadRequest();

  /// Reads a request without its body.
  std::string ReadHead();

  /// Writes all of it, or as much as the client takes; returns how much.
  std::size_t Write(absl::string_view bytes);

  /// Writes an answer with a Content-Length.
  void Answer(absl::string_view status, absl::string_view body,
              absl::string_view headers = "");

  /// Closes with a reset instead of an orderly end.
  void Reset();

 private:
  struct Free {
    void operator()(SSL* tls) const { SSL_free(tls); }
  };

  std::string ReadUntil(std::size_t (*length_of)(absl::string_view));
  std::ptrdiff_t ReadSome(char* into, std::size_t size);

  int socket_;
  std::unique_ptr<SSL, Free> tls_;
};

}  // namespace bursar

#endif  // BURSAR_TESTS_UNIT_UPSTREAM_CONNECTION_H_
