// What callers and operators call certificates: 0 and PEM, 1 and one
// certificate's DER, or 2 and a SPIFFE id.

#include <openssl/err.h>

#include "absl/strings/match.h"
#include "server/identity/certificate_identity.h"
#include "server/identity/pem.h"
#include "server/identity/spiffe_id.h"
#include "tests/fuzz/fuzz_input.h"
#include "tests/fuzz/openssl_thread.h"

namespace bursar {
namespace {

void TrySpiffeId(absl::string_view id) {
  const absl::Status status = CheckSpiffeId(id);
  Must(!Leaks(status.message()), "a name is not repeated");
  if (!status.ok()) return;
  Must(absl::StartsWith(id, "spiffe://"), "an id has its scheme");
  const absl::string_view rest = id.substr(9);
  Must(!absl::StrContains(rest, "//") && !absl::StrContains(rest, "/../") &&
           !absl::StrContains(rest, "/./") && !absl::StartsWith(rest, "/") &&
           !absl::EndsWith(rest, "/") && absl::StrContains(rest, '/'),
       "an id has one spelling");
  Must(rest.find_first_of("?#%:@ ") == absl::string_view::npos,
       "an id is a domain and a path");
}

void TryCertificate(const X509& certificate) {
  const auto actor = IdentityOf(certificate);
  MustLeaveNoOpenSslError("who looks for an identity");
  if (!actor.ok()) {
    Must(!actor.status().message().empty(), "a refusal says why");
    return;
  }
  if (absl::StartsWith(actor->value(), "spiffe://")) {
    TrySpiffeId(actor->value());
  } else {
    Must(absl::StartsWith(actor->value(), "dns:") && actor->value().size() > 4,
         "a certificate names a workload or a host");
    Must(actor->value().find_first_of(" */\n") == std::string::npos &&
             actor->value().find('\0') == std::string::npos,
         "a host's name is one");
  }
}

void TryPem(absl::string_view pem) {
  const auto certificates = CertificatesIn(pem);
  if (certificates.ok()) {
    Must(!certificates->empty(), "there is one at least");
    for (const Certificate& each : *certificates) TryCertificate(*each);
  }
  const auto lists = RevocationListsIn(pem);
  Must(!lists.ok() || !lists->empty(), "there is one at least");
  const auto key = PrivateKeyIn(pem);
  Must(key.ok() || !Leaks(key.status().message()), "no part of a key is shown");
  MustLeaveNoOpenSslError("who reads PEM");
}

void TryDer(absl::string_view der) {
  auto at = reinterpret_cast<const unsigned char*>(der.data());
  const Certificate certificate(
      d2i_X509(nullptr, &at, static_cast<long>(der.size())));
  ERR_clear_error();
  if (certificate) TryCertificate(*certificate);
}

}  // namespace
}  // namespace bursar

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  using namespace bursar;
  FuzzInput input(data, size);
  const int kind = input.Number();
  if (kind == 0) TryPem(input.Rest());
  if (kind == 1) TryDer(input.Rest());
  if (kind == 2) TrySpiffeId(input.Rest());
  ForgetOpenSslThread();
  return 0;
}
