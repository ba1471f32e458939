// The sandbox: one simulated provider, its resource API, its pages and its
// control API, on one listening socket for each data centre, or on one that it
// shares with others. Thread-safe: it serves on threads of its own.

#ifndef BURSAR_SANDBOX_SANDBOX_H_
#define BURSAR_SANDBOX_SANDBOX_H_

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "sandbox/http_server.h"
#include "sandbox/personas.h"

namespace bursar::sandbox {

struct SandboxOptions {
  Persona persona = CliqPersona();
  /// An address; without TLS, a loopback one.
  std::string host = "127.0.0.1";
  /// Of the first data centre; the others take the ports after it. 0: any that
  /// are free.
  int port = 0;
  /// Listens already, at that port: data centres become sites of it, told apart
  /// by their host names. It starts after and ends before the sandbox. Null:
  /// each data centre listens itself.
  HttpServer* front = nullptr;
  /// Those served besides home.
  std::vector<std::string> data_centers;
  /// Where the certificates are or will be made; empty: plain HTTP.
  std::string tls_directory;
  /// Connections served at once, at each data centre.
  std::size_t workers = 64;
};

class Sandbox {
 public:
  /// Listens and serves from now on. InvalidArgument: the host would be reached
  /// in clear text from elsewhere, or the persona has no such data centre.
  /// Unavailable: the address is taken.
  static absl::StatusOr<std::unique_ptr<Sandbox>> Start(
      const SandboxOptions& options);

  /// Ends what is under way, connections that wait included.
  ~Sandbox();

  /// As sandbox/site_name.h has it.
  std::string NameOf(const std::string& location) const;

  /// The base URL of its home, without a trailing slash.
  const std::string& url() const { return urls_.front().second; }

  /// Each data centre that is served and its base URL, home first.
  const std::vector<std::pair<std::string, std::string>>& urls() const {
    return urls_;
  }

 private:
  struct Door;
  struct Parts;

  explicit Sandbox(std::unique_ptr<Parts> parts);

  absl::Status Open(const SandboxOptions& options, const std::string& location);
  absl::StatusOr<std::string> Listen(SandboxOptions options, Door& door,
                                     const std::string& location);

  const std::unique_ptr<Parts> parts_;
  std::vector<std::pair<std::string, std::string>> urls_;
};

}  // namespace bursar::sandbox

#endif  // BURSAR_SANDBOX_SANDBOX_H_
