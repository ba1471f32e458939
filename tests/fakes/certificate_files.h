// Keys and certificates in PEM files that a test makes for itself, valid for an
// hour. Used from one thread.

#ifndef BURSAR_TESTS_FAKES_CERTIFICATE_FILES_H_
#define BURSAR_TESTS_FAKES_CERTIFICATE_FILES_H_

#include <memory>
#include <string>

namespace bursar {

/// Where a certificate and its key are.
struct CertificateFiles {
  std::string certificate;
  std::string key;
};

/// A certificate authority of the test's own, which keeps what it makes in
/// `folder`.
class FileAuthority {
 public:
  explicit FileAuthority(std::string folder);
  ~FileAuthority();

  /// Its own certificate.
  const std::string& certificate() const { return certificate_; }

  /// Makes NAME.pem and NAME-key.pem with `name` as the common name and, unless
  /// empty, `subject` as the alternative name, such as "DNS:localhost".
  CertificateFiles Issue(const std::string& name, const std::string& subject);

 private:
  struct Keys;

  const std::string folder_;
  const std::string certificate_;
  std::unique_ptr<Keys> keys_;
};

/// What the file at `path` says.
std::string ContentOf(const std::string& path);

}  // namespace bursar

#endif  // BURSAR_TESTS_FAKES_CERTIFICATE_FILES_H_
