// Keys and certificates that a test makes for itself.

#ifndef BURSAR_TESTS_UNIT_UPSTREAM_CERTIFICATES_H_
#define BURSAR_TESTS_UNIT_UPSTREAM_CERTIFICATES_H_

#include <openssl/ssl.h>

#include <memory>
#include <string>

namespace bursar {

/// A certificate authority of the test's own.
class TestAuthority {
 public:
  struct Free {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  };
  using Context = std::unique_ptr<SSL_CTX, Free>;

  explicit TestAuthority(const std::string& name);

  /// Writes its certificate as PEM.
  void Save(const std::string& path) const;

  /// A server with a certificate for `subject`, such as "DNS:localhost".
  Context ServerFor(const std::string& subject) const;

 private:
  std::unique_ptr<EVP_PKEY, Free> key_;
  std::unique_ptr<X509, Free> certificate_;
};

}  // namespace bursar

#endif  // BURSAR_TESTS_UNIT_UPSTREAM_CERTIFICATES_H_
