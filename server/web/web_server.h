// The listener that browsers come back to after a consent. Owns its threads.
// Thread-safe.

#ifndef BURSAR_SERVER_WEB_WEB_SERVER_H_
#define BURSAR_SERVER_WEB_WEB_SERVER_H_

#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "server/base/clock.h"
#include "server/core/consent.h"

namespace bursar {

/// Paths of PEM files.
struct WebTls {
  std::string certificate_file;
  std::string key_file;
};

class WebServer {
 public:
  struct Options {
    /// "HOST:PORT", "[IPV6]:PORT"; port 0 takes a free one.
    std::string address;
    std::optional<WebTls> tls;
    /// How long a browser waits for the provider's answer.
    absl::Duration patience = absl::Seconds(30);
  };

  /// Takes the address, so that it can be told to others, and answers nobody
  /// yet. Fails, with words for the operator, if the address cannot be had or
  /// the certificate and key are not fit.
  static absl::StatusOr<std::unique_ptr<WebServer>> Bind(Options options);

  /// As Stop.
  ~WebServer();

  /// Answers from now on. Borrows both; call it once.
  void Serve(Consent& consent, const Clock& clock);

  /// Takes no more connections, ends those under way, and returns.
  void Stop();

  /// "http" or "https", and where it listens, the free port filled in.
  const std::string& url() const { return url_; }

 private:
  struct Parts;

  WebServer(Options options, std::unique_ptr<Parts> parts);

  const Options options_;
  std::unique_ptr<Parts> parts_;
  std::string url_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_WEB_WEB_SERVER_H_
