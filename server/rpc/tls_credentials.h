// What gRPC makes handshakes with, always the newest that is in force. gRPC's
// own providers watch files, and have no last-good copy. Thread-safe.

#ifndef BURSAR_SERVER_RPC_TLS_CREDENTIALS_H_
#define BURSAR_SERVER_RPC_TLS_CREDENTIALS_H_

#include <memory>
#include <string>

#include "grpc/grpc_security.h"
#include "grpcpp/security/server_credentials.h"
#include "server/identity/server_tls.h"

namespace bursar {

/// For one port of one server, which must be at a literal address: gRPC has a
/// socket for each address of a name, and they would race for what is new.
/// Borrows `tls`; both must outlive the server.
class TlsCredentials final : public grpc::ServerCredentials {
 public:
  TlsCredentials(const ServerTls& tls,
                 grpc_ssl_client_certificate_request_type certificates);
  ~TlsCredentials() override;

  void SetAuthMetadataProcessor(
      const std::shared_ptr<grpc::AuthMetadataProcessor>& processor) override;

 private:
  int AddPortToServer(const std::string& address, grpc_server* server) override;

  // Called by gRPC before each handshake, one at a time.
  static grpc_ssl_certificate_config_reload_status Fetch(
      void* credentials, grpc_ssl_server_certificate_config** config);

  const ServerTls& tls_;
  // What gRPC has. Used within Fetch alone.
  std::shared_ptr<const ServerTls::Material> fetched_;
  grpc_server_credentials* const credentials_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_RPC_TLS_CREDENTIALS_H_
