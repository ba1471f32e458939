#include "server/rpc/credentials.h"

#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "server/base/secret.h"

namespace bursar {
namespace {

struct FreeBio {
  void operator()(BIO* bio) const { BIO_free(bio); }
};
struct FreeCertificate {
  void operator()(X509* certificate) const { X509_free(certificate); }
};
struct FreeKey {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
using Bio = std::unique_ptr<BIO, FreeBio>;
using Certificate = std::unique_ptr<X509, FreeCertificate>;
using Key = std::unique_ptr<EVP_PKEY, FreeKey>;

absl::Status Unfit(const std::string& file, absl::string_view what) {
  return absl::FailedPreconditionError(absl::StrCat(file, ": ", what));
}

absl::StatusOr<Secret> ReadFile(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  std::string content{std::istreambuf_iterator<char>(stream), {}};
  if (!stream.is_open() || stream.bad()) {
    return Unfit(file, absl::StrCat("cannot be read: ", std::strerror(errno)));
  }
  return Secret::Take(std::move(content));
}

Bio BioOf(const Secret& pem) {
  return Bio(BIO_new_mem_buf(pem.Expose().data(),
                             static_cast<int>(pem.Expose().size())));
}

Certificate CertificateIn(const Secret& pem) {
  return Certificate(
      PEM_read_bio_X509(BioOf(pem).get(), nullptr, nullptr, nullptr));
}

// An encrypted key is refused rather than asked about on the terminal.
int NoPassphrase(char*, int, int, void*) { return 0; }

Key KeyIn(const Secret& pem) {
  return Key(PEM_read_bio_PrivateKey(BioOf(pem).get(), nullptr, NoPassphrase,
                                     nullptr));
}

absl::Status CheckPair(const RpcTls& tls, const Secret& certificate_pem,
                       const Secret& key_pem) {
  const Certificate certificate = CertificateIn(certificate_pem);
  if (!certificate) {
    return Unfit(tls.certificate_file, "holds no certificate in PEM");
  }
  const Key key = KeyIn(key_pem);
  if (!key) return Unfit(tls.key_file, "holds no unencrypted key in PEM");
  if (X509_check_private_key(certificate.get(), key.get()) != 1) {
    return Unfit(tls.key_file, absl::StrCat("is not the key of the certificate "
                                            "in ",
                                            tls.certificate_file));
  }
  return absl::OkStatus();
}

std::string ToText(const Secret& secret) {
  return {secret.Expose().data(), secret.Expose().size()};
}

}  // namespace

absl::StatusOr<std::shared_ptr<grpc::ServerCredentials>> LoadCredentials(
    const std::optional<RpcTls>& tls) {
  if (!tls) return grpc::InsecureServerCredentials();
  const absl::StatusOr<Secret> certificate = ReadFile(tls->certificate_file);
  if (!certificate.ok()) return certificate.status();
  const absl::StatusOr<Secret> key = ReadFile(tls->key_file);
  if (!key.ok()) return key.status();
  absl::Status pair = CheckPair(*tls, *certificate, *key);
  if (!pair.ok()) return pair;

  grpc::SslServerCredentialsOptions options(
      tls->client_ca_file.empty()
          ? GRPC_SSL_DONT_REQUEST_CLIENT_CERTIFICATE
          : GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
  options.pem_key_cert_pairs.push_back({ToText(*key), ToText(*certificate)});
  if (!tls->client_ca_file.empty()) {
    const absl::StatusOr<Secret> ca = ReadFile(tls->client_ca_file);
    if (!ca.ok()) return ca.status();
    if (!CertificateIn(*ca)) {
      return Unfit(tls->client_ca_file, "holds no certificate in PEM");
    }
    options.pem_root_certs = ToText(*ca);
  }
  return grpc::SslServerCredentials(options);
}

}  // namespace bursar
