#include "server/identity/pem.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <cerrno>
#include <cstring>
#include <ctime>
#include <fstream>
#include <iterator>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace bursar {
namespace {

OpenSslPtr<BIO> BioOf(absl::string_view pem) {
  return OpenSslPtr<BIO>(
      BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
}

// An encrypted key is refused rather than asked about on the terminal.
int NoPassphrase(char*, int, int, void*) { return 0; }

// Whether reading ended because there is nothing more, rather than at what
// cannot be read. Forgets the error.
bool AtTheEnd() {
  const unsigned long error = ERR_peek_last_error();
  ERR_clear_error();
  return ERR_GET_LIB(error) == ERR_LIB_PEM &&
         ERR_GET_REASON(error) == PEM_R_NO_START_LINE;
}

// All that `read` takes out of `pem`, one after the other.
template <typename T>
absl::StatusOr<std::vector<OpenSslPtr<T>>> ReadAll(
    absl::string_view pem, T* (*read)(BIO*, T**, pem_password_cb*, void*),
    absl::string_view what) {
  const OpenSslPtr<BIO> bio = BioOf(pem);
  std::vector<OpenSslPtr<T>> all;
  ERR_clear_error();
  while (T* one = read(bio.get(), nullptr, NoPassphrase, nullptr)) {
    all.emplace_back(one);
  }
  if (!AtTheEnd()) {
    return absl::FailedPreconditionError(
        absl::StrCat("holds a ", what, " that cannot be read"));
  }
  if (all.empty()) {
    return absl::FailedPreconditionError(
        absl::StrCat("holds no ", what, " in PEM"));
  }
  return all;
}

}  // namespace

absl::StatusOr<Secret> ReadPemFile(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  std::string content{std::istreambuf_iterator<char>(stream), {}};
  if (!stream.is_open() || stream.bad()) {
    return absl::FailedPreconditionError(
        absl::StrCat(path, ": cannot be read: ", std::strerror(errno)));
  }
  return Secret::Take(std::move(content));
}

absl::StatusOr<std::vector<Certificate>> CertificatesIn(absl::string_view pem) {
  return ReadAll<X509>(pem, PEM_read_bio_X509, "certificate");
}

absl::StatusOr<std::vector<RevocationList>> RevocationListsIn(
    absl::string_view pem) {
  return ReadAll<X509_CRL>(pem, PEM_read_bio_X509_CRL, "revocation list");
}

absl::StatusOr<PrivateKey> PrivateKeyIn(absl::string_view pem) {
  PrivateKey key(PEM_read_bio_PrivateKey(BioOf(pem).get(), nullptr,
                                         NoPassphrase, nullptr));
  ERR_clear_error();
  if (key == nullptr) {
    return absl::FailedPreconditionError("holds no unencrypted key in PEM");
  }
  return key;
}

absl::Time TimeOf(const ASN1_TIME& time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(&time, &parts) != 1) return absl::InfinitePast();
  return absl::FromTM(parts, absl::UTCTimeZone());
}

}  // namespace bursar
