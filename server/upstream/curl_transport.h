// The Transport over libcurl: one thread of its own with an event loop,
// thousands of requests in flight. Thread-safe.
//
// Certificates are always verified, at TLS 1.2 or newer; clear text goes to
// this machine itself only (trusted_url.h); redirects are not followed; no
// proxy is taken from the environment, nothing from .netrc or cookies. Every
// request has a connection of its own: two round trips more buy that a broken
// connection never leaves the fate of a single-use token open without need.

#ifndef BURSAR_SERVER_UPSTREAM_CURL_TRANSPORT_H_
#define BURSAR_SERVER_UPSTREAM_CURL_TRANSPORT_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "server/upstream/transport.h"

namespace bursar {

/// Bounds on one request, and on all of them together.
struct UpstreamLimits {
  /// Until the connection stands, TLS included.
  absl::Duration connect_timeout = absl::Seconds(5);
  /// From Send to the whole answer.
  absl::Duration total_timeout = absl::Seconds(20);
  /// The longest silence once the request is out.
  absl::Duration idle_timeout = absl::Seconds(10);
  int64_t max_answer_bytes = 1 << 20;
  /// Requests beyond them wait; waiting counts against total_timeout.
  int64_t max_connections = 256;
  /// A proxy's URL for https; empty: none.
  std::string proxy;
  /// PEM file of the CAs to trust instead of the system's; empty: the system's.
  std::string ca_file;
};

class CurlLoop;

class CurlTransport final : public Transport {
 public:
  /// INTERNAL if libcurl does not come up.
  static absl::StatusOr<std::unique_ptr<CurlTransport>> Create(
      UpstreamLimits limits);

  /// Ends every request that is still under way with kConnectionLost, on the
  /// transport's thread, and waits for that thread.
  ~CurlTransport() override;

  void Send(HttpRequest request, Done done) override;

 private:
  explicit CurlTransport(std::unique_ptr<CurlLoop> loop);

  std::unique_ptr<CurlLoop> loop_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_UPSTREAM_CURL_TRANSPORT_H_
