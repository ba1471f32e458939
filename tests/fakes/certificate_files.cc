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
  void operator()(X509_CRL* list) const { X509_CRL_free(list); }
};
using Key = std::unique_ptr<EVP_PKEY, Free>;
using Certificate = std::unique_ptr<X509, Free>;
using List = std::unique_ptr<X509_CRL, Free>;

void AddExtension(X509& certificate, int which, const std::string& value) {
  X509_EXTENSION* extension =
      X509V3_EXT_conf_nid(nullptr, nullptr, which, value.c_str());
  X509_add_ext(&certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

void SetTime(ASN1_TIME* time, absl::Duration from_now) {
  X509_gmtime_adj(time, absl::ToInt64Seconds(from_now));
}

// Without its issuer and not signed yet.
Certificate Unsigned(EVP_PKEY& key, const CertificateWish& wish, long serial) {
  Certificate certificate(X509_new());
  X509_set_version(certificate.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), serial);
  SetTime(X509_getm_notBefore(certificate.get()), wish.begins);
  SetTime(X509_getm_notAfter(certificate.get()), wish.ends);
  X509_set_pubkey(certificate.get(), &key);
  X509_NAME_add_entry_by_txt(
      X509_get_subject_name(certificate.get()), "CN", MBSTRING_ASC,
      reinterpret_cast<const unsigned char*>(wish.name.c_str()), -1, -1, 0);
  if (!wish.subject.empty()) {
    AddExtension(*certificate, NID_subject_alt_name, wish.subject);
  }
  if (!wish.usage.empty()) {
    AddExtension(*certificate, NID_ext_key_usage, wish.usage);
  }
  return certificate;
}

// Calls `write` with a new file at `path`.
template <typename Write>
void Save(const std::string& path, Write write) {
  std::FILE* file = std::fopen(path.c_str(), "w");
  write(file);
  std::fclose(file);
}

void Save(const std::string& path, X509& certificate) {
  Save(path, [&](std::FILE* file) { PEM_write_X509(file, &certificate); });
}

Certificate LoadCertificate(const std::string& path) {
  std::FILE* file = std::fopen(path.c_str(), "r");
  Certificate certificate(PEM_read_X509(file, nullptr, nullptr, nullptr));
  std::fclose(file);
  return certificate;
}

void AddRevoked(X509_CRL& list, const X509& certificate, ASN1_TIME* since) {
  X509_REVOKED* revoked = X509_REVOKED_new();
  X509_REVOKED_set_serialNumber(
      revoked, const_cast<ASN1_INTEGER*>(X509_get0_serialNumber(&certificate)));
  X509_REVOKED_set_revocationDate(revoked, since);
  X509_CRL_add0_revoked(&list, revoked);
}

}  // namespace

struct FileAuthority::Keys {
  Key key{EVP_EC_gen("P-256")};
  Certificate certificate;
  long issued = 1;

  void Sign(X509& made) const {
    X509_set_issuer_name(&made, X509_get_subject_name(certificate.get()));
    X509_sign(&made, key.get(), EVP_sha256());
  }
};

FileAuthority::FileAuthority(std::string folder, std::string name,
                             const FileAuthority* issuer)
    : FileAuthority(std::move(folder), name, issuer, "critical,CA:TRUE") {}

FileAuthority FileAuthority::Pretender(std::string folder, std::string name,
                                       const FileAuthority& issuer) {
  return {std::move(folder), name, &issuer, "critical,CA:FALSE"};
}

FileAuthority::FileAuthority(std::string folder, const std::string& name,
                             const FileAuthority* issuer,
                             const std::string& constraints)
    : folder_(std::move(folder)),
      certificate_(folder_ + "/" + name + ".pem"),
      keys_(std::make_unique<Keys>()) {
  const long serial = issuer == nullptr ? 1 : ++issuer->keys_->issued;
  keys_->certificate = Unsigned(*keys_->key, {name, ""}, serial);
  AddExtension(*keys_->certificate, NID_basic_constraints, constraints);
  (issuer == nullptr ? *this : *issuer).keys_->Sign(*keys_->certificate);
  Save(certificate_, *keys_->certificate);
}

FileAuthority::FileAuthority(FileAuthority&& other) noexcept = default;

FileAuthority::~FileAuthority() = default;

CertificateFiles FileAuthority::Issue(const CertificateWish& wish) {
  const Key key(EVP_EC_gen("P-256"));
  const Certificate certificate = Unsigned(*key, wish, ++keys_->issued);
  keys_->Sign(*certificate);
  CertificateFiles files{folder_ + "/" + wish.name + ".pem",
                         folder_ + "/" + wish.name + "-key.pem"};
  Save(files.certificate, *certificate);
  Save(files.key, [&](std::FILE* file) {
    PEM_write_PrivateKey(file, key.get(), nullptr, nullptr, 0, nullptr,
                         nullptr);
  });
  return files;
}

CertificateFiles FileAuthority::Issue(const std::string& name,
                                      const std::string& subject) {
  return Issue(CertificateWish{name, subject});
}

std::string FileAuthority::Revoke(const std::string& name,
                                  const std::vector<std::string>& revoked,
                                  absl::Duration ends, absl::Duration begins) {
  const List list(X509_CRL_new());
  X509_CRL_set_version(list.get(), X509_CRL_VERSION_2);
  X509_CRL_set_issuer_name(list.get(),
                           X509_get_subject_name(keys_->certificate.get()));
  ASN1_TIME* time = ASN1_TIME_new();
  SetTime(time, begins);
  X509_CRL_set1_lastUpdate(list.get(), time);
  for (const std::string& path : revoked) {
    AddRevoked(*list, *LoadCertificate(path), time);
  }
  SetTime(time, ends);
  X509_CRL_set1_nextUpdate(list.get(), time);
  ASN1_TIME_free(time);
  X509_CRL_sort(list.get());
  X509_CRL_sign(list.get(), keys_->key.get(), EVP_sha256());
  std::string path = folder_ + "/" + name + ".pem";
  Save(path, [&](std::FILE* file) { PEM_write_X509_CRL(file, list.get()); });
  return path;
}

std::string FileAuthority::SignAnew(const std::string& list) const {
  auto at = reinterpret_cast<const unsigned char*>(list.data());
  const List read(d2i_X509_CRL(nullptr, &at, static_cast<long>(list.size())));
  if (!read || X509_CRL_sign(read.get(), keys_->key.get(), EVP_sha256()) == 0) {
    return "";
  }
  BIO* memory = BIO_new(BIO_s_mem());
  PEM_write_bio_X509_CRL(memory, read.get());
  char* text = nullptr;
  const auto size = static_cast<std::size_t>(BIO_get_mem_data(memory, &text));
  std::string pem(text, size);
  BIO_free(memory);
  return pem;
}

std::string ContentOf(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace bursar
