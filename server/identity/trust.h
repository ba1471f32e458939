// Which certificates are good: those of some CAs, within their time and not
// revoked. Immutable and shared freely between threads once made.

#ifndef BURSAR_SERVER_IDENTITY_TRUST_H_
#define BURSAR_SERVER_IDENTITY_TRUST_H_

#include <memory>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "server/identity/openssl.h"
#include "server/identity/pem.h"

namespace bursar {

/// What somebody shows: a certificate and those of CAs that lead to a trusted
/// one, in any order.
struct ShownCertificates {
  Certificate own;
  std::vector<Certificate> others;
};

class Trust {
 public:
  /// From a verdict until this time it is the same, unless the trust changes.
  using GoodUntil = absl::Time;

  /// Trusts the CAs in `authorities`, roots or not. With `revoked`, their
  /// revocation lists, every CA between a caller and a trusted one
  /// must have its list there, not past its next update. Fails, with words for
  /// the operator, if a certificate is not a CA's, a list is past its time at
  /// `now`, or it says to be of one of the CAs and is not signed by it.
  static absl::StatusOr<std::shared_ptr<const Trust>> Create(
      const NamedPem& authorities, const std::optional<NamedPem>& revoked,
      absl::Time now);

  /// Whether `shown.own` is good for a TLS client at `now`; if not, the reason
  /// for the log.
  absl::StatusOr<GoodUntil> Check(const ShownCertificates& shown,
                                  absl::Time now) const;

 private:
  Trust() = default;

  absl::Status TakeAuthorities(const NamedPem& pem);
  absl::Status TakeLists(const NamedPem& pem, absl::Time now);
  absl::Status CheckList(X509_CRL& list, absl::string_view file,
                         absl::Time now) const;

  OpenSslPtr<X509_STORE> store_;
  std::vector<Certificate> authorities_;
  absl::Time next_list_ = absl::InfiniteFuture();
};

}  // namespace bursar

#endif  // BURSAR_SERVER_IDENTITY_TRUST_H_
