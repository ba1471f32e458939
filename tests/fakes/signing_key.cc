#include "tests/fakes/signing_key.h"

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace bursar {
namespace {

const unsigned char* Bytes(const std::string& text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string SignedPart(const std::string& header, const std::string& claims) {
  return absl::StrCat(absl::WebSafeBase64Escape(header), ".",
                      absl::WebSafeBase64Escape(claims));
}

const EVP_MD* DigestFor(const std::string& algorithm) {
  if (absl::EndsWith(algorithm, "384")) return EVP_sha384();
  return absl::EndsWith(algorithm, "512") ? EVP_sha512() : EVP_sha256();
}

// The two numbers one after the other, as JOSE has them.
std::string FromDer(const std::string& der, int number_bytes) {
  const unsigned char* bytes = Bytes(der);
  ECDSA_SIG* pair =
      d2i_ECDSA_SIG(nullptr, &bytes, static_cast<long>(der.size()));
  std::string both(static_cast<std::size_t>(2 * number_bytes), '\0');
  auto* out = reinterpret_cast<unsigned char*>(both.data());
  BN_bn2binpad(ECDSA_SIG_get0_r(pair), out, number_bytes);
  BN_bn2binpad(ECDSA_SIG_get0_s(pair), out + number_bytes, number_bytes);
  ECDSA_SIG_free(pair);
  return both;
}

}  // namespace

SigningKey::SigningKey(EVP_PKEY* key)
    : key_(key, [](EVP_PKEY* k) { EVP_PKEY_free(k); }) {}

SigningKey SigningKey::Rsa(int bits) {
  return SigningKey(EVP_RSA_gen(static_cast<unsigned>(bits)));
}

SigningKey SigningKey::Ec(const std::string& curve) {
  return SigningKey(EVP_EC_gen(curve.c_str()));
}

bool SigningKey::is_rsa() const {
  return EVP_PKEY_get_base_id(key_.get()) == EVP_PKEY_RSA;
}

std::string SigningKey::Number(const char* name) const {
  BIGNUM* number = nullptr;
  EVP_PKEY_get_bn_param(key_.get(), name, &number);
  const int size =
      is_rsa() ? BN_num_bytes(number) : (EVP_PKEY_get_bits(key_.get()) + 7) / 8;
  std::string bytes(static_cast<std::size_t>(size), '\0');
  BN_bn2binpad(number, reinterpret_cast<unsigned char*>(bytes.data()), size);
  BN_free(number);
  return absl::WebSafeBase64Escape(bytes);
}

std::string SigningKey::Jwk(const std::string& id,
                            const std::string& more) const {
  std::string jwk = absl::StrCat(R"({"kid":")", id, "\"");
  if (is_rsa()) {
    absl::StrAppend(&jwk, R"(,"kty":"RSA","n":")",
                    Number(OSSL_PKEY_PARAM_RSA_N), R"(","e":")",
                    Number(OSSL_PKEY_PARAM_RSA_E), "\"");
  } else {
    absl::StrAppend(&jwk, R"(,"kty":"EC","crv":"P-)",
                    EVP_PKEY_get_bits(key_.get()), R"(","x":")",
                    Number(OSSL_PKEY_PARAM_EC_PUB_X), R"(","y":")",
                    Number(OSSL_PKEY_PARAM_EC_PUB_Y), "\"");
  }
  return absl::StrCat(jwk, more.empty() ? "" : ",", more, "}");
}

std::string SigningKey::PublicPem() const {
  BIO* memory = BIO_new(BIO_s_mem());
  PEM_write_bio_PUBKEY(memory, key_.get());
  char* text = nullptr;
  const auto size = static_cast<std::size_t>(BIO_get_mem_data(memory, &text));
  std::string pem(text, size);
  BIO_free(memory);
  return pem;
}

std::string SigningKey::Sign(const std::string& algorithm,
                             const std::string& text) const {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  EVP_PKEY_CTX* key_context = nullptr;
  EVP_DigestSignInit(context, &key_context, DigestFor(algorithm), nullptr,
                     key_.get());
  if (absl::StartsWith(algorithm, "PS")) {
    EVP_PKEY_CTX_set_rsa_padding(key_context, RSA_PKCS1_PSS_PADDING);
    EVP_PKEY_CTX_set_rsa_pss_saltlen(key_context, RSA_PSS_SALTLEN_DIGEST);
  }
  std::size_t size = 0;
  EVP_DigestSign(context, nullptr, &size, Bytes(text), text.size());
  std::string signature(size, '\0');
  EVP_DigestSign(context, reinterpret_cast<unsigned char*>(signature.data()),
                 &size, Bytes(text), text.size());
  signature.resize(size);
  EVP_MD_CTX_free(context);
  if (is_rsa()) return signature;
  return FromDer(signature, (EVP_PKEY_get_bits(key_.get()) + 7) / 8);
}

std::string SigningKey::Token(const std::string& algorithm,
                              const std::string& header,
                              const std::string& claims) const {
  return TokenOf(header, claims, Sign(algorithm, SignedPart(header, claims)));
}

std::string HmacToken(const std::string& header, const std::string& claims,
                      const std::string& secret) {
  const std::string text = SignedPart(header, claims);
  unsigned char code[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
       Bytes(text), text.size(), code, &size);
  return TokenOf(header, claims,
                 std::string(reinterpret_cast<char*>(code), size));
}

std::string TokenOf(const std::string& header, const std::string& claims,
                    const std::string& signature) {
  return absl::StrCat(SignedPart(header, claims), ".",
                      absl::WebSafeBase64Escape(signature));
}

std::string KeySetOf(const std::vector<std::string>& jwks) {
  return absl::StrCat(R"({"keys":[)", absl::StrJoin(jwks, ","), "]}");
}

std::string TokenHeader(const std::string& algorithm, const std::string& id) {
  return absl::StrCat(R"({"alg":")", algorithm, R"(","kid":")", id, "\"}");
}

std::string ServiceAccountClaims::Text() const {
  return absl::StrCat(R"({"iss":")", issuer, R"(","aud":[")", audience,
                      R"("],"sub":")", subject, R"(","iat":)",
                      absl::ToUnixSeconds(now), R"(,"nbf":)",
                      absl::ToUnixSeconds(now), R"(,"exp":)",
                      absl::ToUnixSeconds(now + life), "}");
}

}  // namespace bursar
