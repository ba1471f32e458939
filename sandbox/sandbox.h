// The sandbox: one simulated provider, its resource API, its pages and its
// control API, on one listening socket. Thread-safe: it serves on threads of
// its own.

#ifndef BURSAR_SANDBOX_SANDBOX_H_
#define BURSAR_SANDBOX_SANDBOX_H_

#include <cstddef>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "sandbox/persona.h"

namespace bursar::sandbox {

struct SandboxOptions {
  Persona persona = CliqPersona();
  /// An address; without TLS, a loopback one.
  std::string host = "127.0.0.1";
  /// 0: any that is free.
  int port = 0;
  /// Where the certificates are or will be made; empty: plain HTTP.
  std::string tls_directory;
  /// Connections served at once.
  std::size_t workers = 64;
};

class Sandbox {
 public:
  /// Listens and serves from now on. InvalidArgument: the host would be reached
  /// in clear text from elsewhere. Unavailable: the address is taken.
  static absl::StatusOr<std::unique_ptr<Sandbox>> Start(
      const SandboxOptions& options);

  /// Ends what is under way, connections that wait included.
  ~Sandbox();

  /// Its base URL, without a trailing slash.
  const std::string& url() const { return url_; }

 private:
  struct Parts;

  Sandbox(std::unique_ptr<Parts> parts, std::string url);

  std::unique_ptr<Parts> parts_;
  std::string url_;
};

}  // namespace bursar::sandbox

#endif  // BURSAR_SANDBOX_SANDBOX_H_
