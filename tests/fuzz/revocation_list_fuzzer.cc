// Revocation lists of a CA that is made when the fuzzer starts: 0 and PEM, 1
// and one list's DER, or 2 and one list's DER that the CA signs, which is how a
// list gets to count.

#include <openssl/pem.h>

#include <string>

#include "server/base/clock.h"
#include "server/identity/trust.h"
#include "tests/fakes/certificate_files.h"
#include "tests/fakes/temporary_folder.h"
#include "tests/fuzz/fuzz_input.h"
#include "tests/fuzz/openssl_thread.h"

namespace bursar {
namespace {

// A CA, and a caller with its second certificate. Reads no file once made.
class World {
 public:
  explicit World(const TemporaryFolder& folder) : authority_(folder.path()) {}

  absl::StatusOr<std::shared_ptr<const Trust>> Revoking(
      absl::string_view lists) const {
    return Trust::Create({"ca.pem", authorities_}, NamedPem{"lists.pem", lists},
                         now_);
  }

  std::string Signed(absl::string_view list) const {
    return authority_.SignAnew(std::string(list));
  }

  const ShownCertificates& caller() const { return caller_; }
  absl::Time now() const { return now_; }

 private:
  FileAuthority authority_;
  const std::string authorities_ = ContentOf(authority_.certificate());
  const ShownCertificates caller_{
      std::move((*CertificatesIn(
          ContentOf(authority_.Issue("caller", "DNS:caller").certificate)))[0]),
      {}};
  const absl::Time now_ = SystemClock().Now();
};

const World& TheWorld() {
  static const auto& world = *new World(TemporaryFolder());
  return world;
}

std::string PemOf(absl::string_view der) {
  const OpenSslPtr<BIO> memory(BIO_new(BIO_s_mem()));
  PEM_write_bio(memory.get(), PEM_STRING_X509_CRL, "",
                reinterpret_cast<const unsigned char*>(der.data()),
                static_cast<long>(der.size()));
  char* text = nullptr;
  const auto size =
      static_cast<std::size_t>(BIO_get_mem_data(memory.get(), &text));
  return {text, size};
}

// Of another CA's certificate (RFC 5280 section 5.3.3), or taken back (5.3.1).
bool SaysMore(const X509_REVOKED& entry) {
  for (const int which : {NID_certificate_issuer, NID_crl_reason}) {
    if (X509_REVOKED_get_ext_by_NID(&entry, which, -1) != -1) return true;
  }
  return false;
}

bool Revokes(X509_CRL& list, const X509& certificate) {
  const STACK_OF(X509_REVOKED)* entries = X509_CRL_get_REVOKED(&list);
  for (int i = 0; i < sk_X509_REVOKED_num(entries); ++i) {
    const X509_REVOKED* entry = sk_X509_REVOKED_value(entries, i);
    // One that says more may say it of those that follow.
    if (SaysMore(*entry)) return false;
    if (ASN1_INTEGER_cmp(X509_REVOKED_get0_serialNumber(entry),
                         X509_get0_serialNumber(&certificate)) == 0) {
      return true;
    }
  }
  return false;
}

void CheckGood(const std::string& lists, Trust::GoodUntil until) {
  const auto read = RevocationListsIn(lists);
  Must(read.ok(), "nobody is good by a list that cannot be read");
  for (const RevocationList& list : *read) {
    const ASN1_TIME* next = X509_CRL_get0_nextUpdate(list.get());
    Must(next == nullptr ||
             (TimeOf(*next) > TheWorld().now() && TimeOf(*next) >= until),
         "nobody is good by a list for longer than it is");
    Must(!Revokes(*list, *TheWorld().caller().own),
         "nobody is good whom the CA's list revokes");
  }
}

void TryLists(const std::string& lists, bool are_signed) {
  const auto trust = TheWorld().Revoking(lists);
  MustLeaveNoOpenSslError("who takes a list");
  if (!trust.ok()) {
    Must(!Leaks(trust.status().message()), "no part of a list is shown");
    return;
  }
  const auto until = (*trust)->Check(TheWorld().caller(), TheWorld().now());
  MustLeaveNoOpenSslError("who checks a certificate");
  if (!until.ok()) return;
  Must(are_signed, "nobody is good without a list that the CA signed");
  CheckGood(lists, *until);
}

}  // namespace
}  // namespace bursar

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  using namespace bursar;
  FuzzInput input(data, size);
  const int kind = input.Number();
  if (kind == 0) TryLists(std::string(input.Rest()), /*are_signed=*/false);
  if (kind == 1) TryLists(PemOf(input.Rest()), /*are_signed=*/false);
  if (kind == 2) {
    const std::string list = TheWorld().Signed(input.Rest());
    ForgetOpenSslThread();
    if (!list.empty()) TryLists(list, /*are_signed=*/true);
  }
  ForgetOpenSslThread();
  return 0;
}
