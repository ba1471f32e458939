// Makes X.509 certificates with OpenSSL. Stateless.

#ifndef BURSAR_SANDBOX_CERTIFICATES_H_
#define BURSAR_SANDBOX_CERTIFICATES_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace bursar::sandbox {

/// PEM texts.
struct CertificateSet {
  std::string authority;
  std::string certificate;
  std::string private_key;
};

/// An authority and a certificate for localhost, 127.0.0.1, ::1 and `names`
/// that it signed, P-256, valid for ten years.
absl::StatusOr<CertificateSet> MakeLoopbackCertificates(
    const std::vector<std::string>& names);

}  // namespace bursar::sandbox

#endif  // BURSAR_SANDBOX_CERTIFICATES_H_
