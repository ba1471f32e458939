#include "tests/fakes/certificate_files.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <utility>

namespace bursar {
namespace {

struct Free {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(X509* certificate) const { X509_free(certificate); }
};
using Key = std::unique_ptr<EVP_PKEY, Free>;
using Certificate = std::unique_ptr<X509, Free>;

void AddExtension(X509& certificate, int which, const std::string& value) {
  X509_EXTENSION* extension =
      X509V3_EXT_conf_nid(nullptr, nullptr, which, value.c_str());
  X509_add_ext(&certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

// Without extensions and not signed yet.
Certificate Unsigned(EVP_PKEY& key, const std::string& name, long serial) {
  Certificate certificate(X509_new());
  X509_set_version(certificate.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), serial);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -60);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
  X509_set_pubkey(certificate.get(), &key);
  X509_NAME_add_entry_by_txt(
      X509_get_subject_name(certificate.get()), "CN", MBSTRING_ASC,
      reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
  return certificate;
}

void Save(const std::string& path, X509& certificate) {
  std::FILE* file = std::fopen(path.c_str(), "w");
  PEM_write_X509(file, &certificate);
  std::fclose(file);
}

void Save(const std::string& path, EVP_PKEY& key) {
  std::FILE* file = std::fopen(path.c_str(), "w");
  PEM_write_PrivateKey(file, &key, nullptr, nullptr, 0, nullptr, nullptr);
  std::fclose(file);
}

}  // namespace

struct FileAuthority::Keys {
  Key key;
  Certificate certificate;
  long issued = 1;
};

FileAuthority::FileAuthority(std::string folder)
    : folder_(std::move(folder)),
      certificate_(folder_ + "/authority.pem"),
      keys_(std::make_unique<Keys>()) {
  keys_->key.reset(EVP_EC_gen("P-256"));
  keys_->certificate = Unsigned(*keys_->key, "test authority", keys_->issued);
  X509& own = *keys_->certificate;
  X509_set_issuer_name(&own, X509_get_subject_name(&own));
  AddExtension(own, NID_basic_constraints, "critical,CA:TRUE");
  X509_sign(&own, keys_->key.get(), EVP_sha256());
  Save(certificate_, own);
}

FileAuthority::~FileAuthority() = default;

CertificateFiles FileAuthority::Issue(const std::string& name,
                                      const std::string& subject) {
  const Key key(EVP_EC_gen("P-256"));
  const Certificate certificate = Unsigned(*key, name, ++keys_->issued);
  X509_set_issuer_name(certificate.get(),
                       X509_get_subject_name(keys_->certificate.get()));
  if (!subject.empty()) {
    AddExtension(*certificate, NID_subject_alt_name, subject);
  }
  X509_sign(certificate.get(), keys_->key.get(), EVP_sha256());
  CertificateFiles files{folder_ + "/" + name + ".pem",
                         folder_ + "/" + name + "-key.pem"};
  Save(files.certificate, *certificate);
  Save(files.key, *key);
  return files;
}

std::string ContentOf(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace bursar
