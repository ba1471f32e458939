// Starts what the command line asks for: one or several providers, each at one
// or several data centres, with ports of their own or names at one port.

#ifndef BURSAR_SANDBOX_LAUNCH_H_
#define BURSAR_SANDBOX_LAUNCH_H_

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "sandbox/sandbox.h"

namespace bursar::sandbox {

struct LaunchOptions {
  /// HOST:PORT, the first of consecutive ports; port 0: any that are free.
  std::string listen = "127.0.0.1:0";
  /// Empty: plain HTTP.
  std::string tls_directory;
  std::vector<std::string> personas = {"cliq"};
  /// Served of each persona besides its home; "all": every one it has.
  std::vector<std::string> data_centers;
  /// NAME=VALUE, of each persona.
  std::vector<std::string> switches;
  std::size_t workers = 64;
  /// One port for all of them; the Host header of a request says which it is
  /// for.
  bool by_host = false;
};

struct Sandboxes {
  Sandboxes() = default;
  Sandboxes(Sandboxes&&) = default;
  /// Those that were here end as they do with the object: the front first.
  Sandboxes& operator=(Sandboxes&& other) noexcept {
    front.reset();
    each = std::move(other.each);
    front = std::move(other.front);
    return *this;
  }

  std::vector<std::unique_ptr<Sandbox>> each;
  /// What listens for all of them, if they have host names instead of ports.
  /// Last, so that it ends first.
  std::unique_ptr<HttpServer> front;
};

/// All of them, serving, in the order of `options`; or why one of them cannot.
absl::StatusOr<Sandboxes> Launch(const LaunchOptions& options);

/// Where they are reached: the URL, if it is one. Otherwise lines of name and
/// URL: a persona's home has the persona's name, its other data centres have
/// that, a dot and theirs.
std::vector<std::string> ReadyLines(const Sandboxes& sandboxes);

}  // namespace bursar::sandbox

#endif  // BURSAR_SANDBOX_LAUNCH_H_
