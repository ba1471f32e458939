#include "server/rpc/tls_credentials.h"

#include <utility>

#include "absl/strings/string_view.h"
#include "grpc/grpc.h"
#include "grpc/support/log.h"
#include "server/base/secret.h"

namespace bursar {
namespace {

// gRPC wants what ends with a zero; it copies it.
class Text {
 public:
  explicit Text(const Secret& secret)
      : text_(secret.Expose().data(), secret.Expose().size()) {}
  Text(const Text&) = delete;
  Text& operator=(const Text&) = delete;
  ~Text() { Wipe(text_); }

  const char* get() const { return text_.c_str(); }

 private:
  std::string text_;
};

}  // namespace

TlsCredentials::TlsCredentials(
    const ServerTls& tls, grpc_ssl_client_certificate_request_type certificates)
    : tls_(tls),
      credentials_(grpc_ssl_server_credentials_create_with_options(
          grpc_ssl_server_credentials_create_options_using_config_fetcher(
              certificates, &TlsCredentials::Fetch, this))) {}

TlsCredentials::~TlsCredentials() {
  grpc_server_credentials_release(credentials_);
}

void TlsCredentials::SetAuthMetadataProcessor(
    const std::shared_ptr<grpc::AuthMetadataProcessor>&) {
  GPR_ASSERT(false && "callers are authenticated at the edge");
}

int TlsCredentials::AddPortToServer(const std::string& address,
                                    grpc_server* server) {
  return grpc_server_add_http2_port(server, address.c_str(), credentials_);
}

grpc_ssl_certificate_config_reload_status TlsCredentials::Fetch(
    void* credentials, grpc_ssl_server_certificate_config** config) {
  TlsCredentials& self = *static_cast<TlsCredentials*>(credentials);
  std::shared_ptr<const ServerTls::Material> newest = self.tls_.material();
  if (newest == self.fetched_) {
    return GRPC_SSL_CERTIFICATE_CONFIG_RELOAD_UNCHANGED;
  }
  const Text certificates(newest->pair.certificates);
  const Text key(newest->pair.key);
  // gRPC wants CAs even where it asks nobody for a certificate: any will do.
  const Text authorities(newest->client_authorities.empty()
                             ? newest->pair.certificates
                             : newest->client_authorities);
  const grpc_ssl_pem_key_cert_pair pair{key.get(), certificates.get()};
  *config =
      grpc_ssl_server_certificate_config_create(authorities.get(), &pair, 1);
  self.fetched_ = std::move(newest);
  return GRPC_SSL_CERTIFICATE_CONFIG_RELOAD_NEW;
}

}  // namespace bursar
