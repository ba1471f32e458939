// OpenSSL's objects, owned. No state, no locking.

#ifndef BURSAR_SERVER_IDENTITY_OPENSSL_H_
#define BURSAR_SERVER_IDENTITY_OPENSSL_H_

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <memory>

namespace bursar {

using CertificateStack = STACK_OF(X509);

struct FreeOpenSsl {
  void operator()(BIO* bio) const { BIO_free(bio); }
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(X509_CRL* list) const { X509_CRL_free(list); }
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(X509_STORE* store) const { X509_STORE_free(store); }
  void operator()(X509_STORE_CTX* context) const {
    X509_STORE_CTX_free(context);
  }
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  void operator()(BIGNUM* number) const { BN_free(number); }
  void operator()(OSSL_PARAM_BLD* builder) const {
    OSSL_PARAM_BLD_free(builder);
  }
  void operator()(OSSL_PARAM* params) const { OSSL_PARAM_free(params); }
  void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  void operator()(ECDSA_SIG* signature) const { ECDSA_SIG_free(signature); }
  void operator()(GENERAL_NAMES* names) const { GENERAL_NAMES_free(names); }
  // The certificates are others'.
  void operator()(CertificateStack* certificates) const {
    sk_X509_free(certificates);
  }
};

template <typename T>
using OpenSslPtr = std::unique_ptr<T, FreeOpenSsl>;

using Certificate = OpenSslPtr<X509>;
using RevocationList = OpenSslPtr<X509_CRL>;
using PrivateKey = OpenSslPtr<EVP_PKEY>;

}  // namespace bursar

#endif  // BURSAR_SERVER_IDENTITY_OPENSSL_H_
