// Keys, certificates and revocation lists in PEM files that a test makes for
// itself. Used from one thread.

#ifndef BURSAR_TESTS_FAKES_CERTIFICATE_FILES_H_
#define BURSAR_TESTS_FAKES_CERTIFICATE_FILES_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"

namespace bursar {

/// Where a certificate and its key are.
struct CertificateFiles {
  std::string certificate;
  std::string key;
};

/// What a certificate says.
struct CertificateWish {
  /// Its common name, and the name of its files.
  std::string name;
  /// Alternative names, such as "DNS:localhost,URI:spiffe://a/b"; empty: none.
  std::string subject = {};
  /// From now on, by the machine's clock.
  absl::Duration begins = -absl::Minutes(1);
  absl::Duration ends = absl::Hours(1);
  /// Such as "serverAuth"; empty: for everything.
  std::string usage = {};
};

/// A certificate authority of the test's own, which keeps what it makes in
/// `folder`.
class FileAuthority {
 public:
  /// `name` is its common name, and the name of its certificate's file, which
  /// `issuer` signs; null: itself.
  explicit FileAuthority(std::string folder, std::string name = "authority",
                         const FileAuthority* issuer = nullptr);

  /// One that `issuer` gave a common certificate, and that signs all the same.
  static FileAuthority Pretender(std::string folder, std::string name,
                                 const FileAuthority& issuer);

  FileAuthority(FileAuthority&& other) noexcept;
  ~FileAuthority();

  /// Its own certificate.
  const std::string& certificate() const { return certificate_; }

  /// Makes NAME.pem and NAME-key.pem; what is there is replaced.
  CertificateFiles Issue(const CertificateWish& wish);

  /// As above, with `name` as the common name and, unless empty, `subject` as
  /// the alternative name, valid for an hour.
  CertificateFiles Issue(const std::string& name, const std::string& subject);

  /// Makes NAME.pem, a list of the certificates at `revoked`, from `begins` on
  /// and due again at `ends`, both from now on; its path.
  std::string Revoke(const std::string& name,
                     const std::vector<std::string>& revoked,
                     absl::Duration ends = absl::Hours(1),
                     absl::Duration begins = -absl::Minutes(1));

  /// A list in DER, whoever made it, signed by this authority instead; in PEM.
  /// Empty if it is no list.
  std::string SignAnew(const std::string& list) const;

 private:
  struct Keys;

  FileAuthority(std::string folder, const std::string& name,
                const FileAuthority* issuer, const std::string& constraints);

  const std::string folder_;
  const std::string certificate_;
  std::unique_ptr<Keys> keys_;
};

/// What the file at `path` says.
std::string ContentOf(const std::string& path);

}  // namespace bursar

#endif  // BURSAR_TESTS_FAKES_CERTIFICATE_FILES_H_
