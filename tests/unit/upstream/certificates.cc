#include "tests/unit/upstream/certificates.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdio>

namespace bursar {
namespace {

using Key = std::unique_ptr<EVP_PKEY, TestAuthority::Free>;
using Certificate = std::unique_ptr<X509, TestAuthority::Free>;

void AddExtension(X509* certificate, int which, const std::string& value) {
  X509_EXTENSION* extension =
      X509V3_EXT_conf_nid(nullptr, nullptr, which, value.c_str());
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

// Valid for an hour; without extensions and not signed yet.
Certificate Unsigned(EVP_PKEY* key, const char* name, long serial) {
  Certificate certificate(X509_new());
  X509_set_version(certificate.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), serial);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -60);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
  X509_set_pubkey(certificate.get(), key);
  X509_NAME_add_entry_by_txt(
      X509_get_subject_name(certificate.get()), "CN", MBSTRING_ASC,
      reinterpret_cast<const unsigned char*>(name), -1, -1, 0);
  return certificate;
}

}  // namespace

TestAuthority::TestAuthority(const std::string& name)
    : key_(EVP_EC_gen("P-256")),
      certificate_(Unsigned(key_.get(), name.c_str(), 1)) {
  X509_set_issuer_name(certificate_.get(),
                       X509_get_subject_name(certificate_.get()));
  AddExtension(certificate_.get(), NID_basic_constraints, "critical,CA:TRUE");
  X509_sign(certificate_.get(), key_.get(), EVP_sha256());
}

void TestAuthority::Save(const std::string& path) const {
  std::FILE* file = std::fopen(path.c_str(), "w");
  PEM_write_X509(file, certificate_.get());
  std::fclose(file);
}

TestAuthority::Context TestAuthority::ServerFor(
    const std::string& subject) const {
  const Key key(EVP_EC_gen("P-256"));
  const Certificate certificate = Unsigned(key.get(), "test server", 2);
  X509_set_issuer_name(certificate.get(),
                       X509_get_subject_name(certificate_.get()));
  AddExtension(certificate.get(), NID_subject_alt_name, subject);
  X509_sign(certificate.get(), key_.get(), EVP_sha256());
  Context context(SSL_CTX_new(TLS_server_method()));
  SSL_CTX_use_certificate(context.get(), certificate.get());
  SSL_CTX_use_PrivateKey(context.get(), key.get());
  return context;
}

}  // namespace bursar
