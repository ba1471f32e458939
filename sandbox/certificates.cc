#include "sandbox/certificates.h"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <cstdint>
#include <memory>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace bursar::sandbox {
namespace {

constexpr long kValidSeconds = 10L * 365 * 24 * 60 * 60;
// Clocks of machines that talk to each other differ a little.
constexpr long kValidBeforeSeconds = 5 * 60;

template <typename T, void (*Free)(T*)>
struct Deleter {
  void operator()(T* object) const { Free(object); }
};
using Key = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY, EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Deleter<X509, X509_free>>;
using Bio = std::unique_ptr<BIO, Deleter<BIO, BIO_free_all>>;

bool Extend(X509* certificate, X509* issuer, int extension, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* made =
      X509V3_EXT_conf_nid(nullptr, &context, extension, value);
  if (made == nullptr) return false;
  const bool added = X509_add_ext(certificate, made, -1) == 1;
  X509_EXTENSION_free(made);
  return added;
}

// Without extensions and signature.
Certificate Blank(EVP_PKEY* key, const char* name, X509* issuer) {
  Certificate certificate(X509_new());
  uint64_t serial = 0;
  RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof(serial));
  ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate.get()),
                          serial >> 1);
  X509_set_version(certificate.get(), X509_VERSION_3);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -kValidBeforeSeconds);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), kValidSeconds);
  X509_set_pubkey(certificate.get(), key);
  X509_NAME* subject = X509_get_subject_name(certificate.get());
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>(name), -1,
                             -1, 0);
  X509_set_issuer_name(certificate.get(), issuer != nullptr
                                              ? X509_get_subject_name(issuer)
                                              : subject);
  return certificate;
}

Certificate MakeAuthority(EVP_PKEY* key) {
  Certificate authority = Blank(key, "Bursar sandbox authority", nullptr);
  X509* self = authority.get();
  const bool made =
      Extend(self, self, NID_basic_constraints, "critical,CA:TRUE") &&
      Extend(self, self, NID_key_usage, "critical,keyCertSign,cRLSign") &&
      Extend(self, self, NID_subject_key_identifier, "hash") &&
      X509_sign(self, key, EVP_sha256()) != 0;
  return made ? std::move(authority) : nullptr;
}

// "DNS:a,DNS:b" for OpenSSL. A wildcard would not do: it is not taken right
// below a top-level domain.
std::string SubjectNames(const std::vector<std::string>& names) {
  std::string text = "DNS:localhost,IP:127.0.0.1,IP:::1";
  for (const std::string& name : names) absl::StrAppend(&text, ",DNS:", name);
  return text;
}

Certificate MakeServer(EVP_PKEY* key, X509* authority, EVP_PKEY* signer,
                       const std::vector<std::string>& names) {
  Certificate server = Blank(key, "localhost", authority);
  X509* self = server.get();
  const bool made =
      Extend(self, authority, NID_basic_constraints, "critical,CA:FALSE") &&
      Extend(self, authority, NID_key_usage, "critical,digitalSignature") &&
      Extend(self, authority, NID_ext_key_usage, "serverAuth") &&
      Extend(self, authority, NID_subject_alt_name,
             SubjectNames(names).c_str()) &&
      Extend(self, authority, NID_authority_key_identifier, "keyid") &&
      X509_sign(self, signer, EVP_sha256()) != 0;
  return made ? std::move(server) : nullptr;
}

std::string TextOf(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return std::string(data, static_cast<std::size_t>(size));
}

std::string Pem(X509* certificate) {
  const Bio bio(BIO_new(BIO_s_mem()));
  PEM_write_bio_X509(bio.get(), certificate);
  return TextOf(bio.get());
}

std::string Pem(EVP_PKEY* key) {
  const Bio bio(BIO_new(BIO_s_mem()));
  PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr,
                           nullptr);
  return TextOf(bio.get());
}

}  // namespace

absl::StatusOr<CertificateSet> MakeLoopbackCertificates(
    const std::vector<std::string>& names) {
  const Key authority_key(EVP_EC_gen("P-256"));
  const Key server_key(EVP_EC_gen("P-256"));
  if (authority_key == nullptr || server_key == nullptr) {
    return absl::InternalError("cannot make a key");
  }
  const Certificate authority = MakeAuthority(authority_key.get());
  if (authority == nullptr) {
    return absl::InternalError("cannot make the authority's certificate");
  }
  const Certificate server =
      MakeServer(server_key.get(), authority.get(), authority_key.get(), names);
  if (server == nullptr) {
    return absl::InternalError("cannot make the server's certificate");
  }
  return CertificateSet{Pem(authority.get()), Pem(server.get()),
                        Pem(server_key.get())};
}

}  // namespace bursar::sandbox
