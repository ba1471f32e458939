#include "server/identity/key_pair.h"

#include <openssl/err.h>

#include <cstddef>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "server/identity/openssl.h"
#include "server/identity/pem.h"

namespace bursar {
namespace {

absl::Status Unfit(const std::string& file, absl::string_view what) {
  return absl::FailedPreconditionError(absl::StrCat(file, ": ", what));
}

// Has OpenSSL take the pair as a server does: it refuses what is too weak.
absl::Status TryOut(const std::vector<Certificate>& certificates, EVP_PKEY& key,
                    const std::string& certificate_file,
                    const std::string& key_file) {
  const OpenSslPtr<SSL_CTX> server(SSL_CTX_new(TLS_server_method()));
  if (SSL_CTX_use_certificate(server.get(), certificates[0].get()) != 1) {
    return Unfit(certificate_file,
                 "holds a certificate that TLS does not take");
  }
  for (std::size_t i = 1; i < certificates.size(); ++i) {
    if (SSL_CTX_add1_chain_cert(server.get(), certificates[i].get()) != 1) {
      return Unfit(certificate_file,
                   "holds a CA's certificate that TLS does not take");
    }
  }
  // Checks that they belong together.
  if (SSL_CTX_use_PrivateKey(server.get(), &key) != 1) {
    return Unfit(key_file, absl::StrCat("is not the key of the certificate in ",
                                        certificate_file));
  }
  return absl::OkStatus();
}

absl::Status Check(const KeyPair& pair, const std::string& certificate_file,
                   const std::string& key_file, absl::Time now) {
  const auto certificates = CertificatesIn(pair.certificates.Expose());
  if (!certificates.ok()) {
    return Unfit(certificate_file, certificates.status().message());
  }
  const auto key = PrivateKeyIn(pair.key.Expose());
  if (!key.ok()) return Unfit(key_file, key.status().message());
  absl::Status fit = TryOut(*certificates, **key, certificate_file, key_file);
  ERR_clear_error();
  if (!fit.ok()) return fit;
  const absl::Time end =
      TimeOf(*X509_get0_notAfter(certificates->front().get()));
  if (end > now) return absl::OkStatus();
  return Unfit(certificate_file,
               absl::StrCat("the certificate expired ",
                            absl::FormatTime(end, absl::UTCTimeZone())));
}

}  // namespace

absl::StatusOr<KeyPair> LoadKeyPair(const std::string& certificate_file,
                                    const std::string& key_file,
                                    absl::Time now) {
  auto certificates = ReadPemFile(certificate_file);
  if (!certificates.ok()) return certificates.status();
  auto key = ReadPemFile(key_file);
  if (!key.ok()) return key.status();
  KeyPair pair{*std::move(certificates), *std::move(key)};
  absl::Status fit = Check(pair, certificate_file, key_file, now);
  if (!fit.ok()) return fit;
  return pair;
}

}  // namespace bursar
