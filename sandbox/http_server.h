// An HTTP(S) server whose handlers can cut the connection they answer on
// (Connection::Current). One thread listens, a pool serves; handlers run on
// many threads at once.

#ifndef BURSAR_SANDBOX_HTTP_SERVER_H_
#define BURSAR_SANDBOX_HTTP_SERVER_H_

#include <httplib.h>
#include <openssl/ssl.h>

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <thread>

#include "absl/status/statusor.h"
#include "sandbox/stop_signal.h"

namespace bursar::sandbox {

class Connection;

struct TlsContextDeleter {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};
using TlsContext = std::unique_ptr<SSL_CTX, TlsContextDeleter>;

class HttpServer final : public httplib::Server {
 public:
  /// `tls` may be null: plain HTTP. `workers` connections are served at once.
  HttpServer(TlsContext tls, std::size_t workers);

  /// Ends what is under way and waits for it.
  ~HttpServer() override;

  /// Takes the address; port 0: any that is free. The port.
  absl::StatusOr<int> Bind(const std::string& host, int port);

  /// Requests whose Host header has this name, in lower case and whatever the
  /// port, go to `site`: a server that does not listen itself and outlives this
  /// one. All others stay here. Before Start.
  void AddSite(const std::string& host, HttpServer& site);

  /// Begins to serve; every handler is in place.
  void Start();

  const StopSignal& stop_signal() const { return stop_; }

 private:
  bool process_and_close_socket(socket_t descriptor) override;
  HttpServer& SiteFor(Connection& connection);

  const TlsContext tls_;
  StopSignal stop_;
  std::map<std::string, HttpServer*> sites_;
  std::thread listener_;
};

}  // namespace bursar::sandbox

#endif  // BURSAR_SANDBOX_HTTP_SERVER_H_
