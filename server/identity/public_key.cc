#include "server/identity/public_key.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/rsa.h>

#include <cstddef>
#include <cstdint>

#include "server/identity/openssl.h"

namespace bursar {
namespace {

constexpr int kLeastRsaBits = 2048;
constexpr int kMostRsaBits = 8192;
// Longer ones only make verifying slow.
constexpr int kMostExponentBits = 32;

using Number = OpenSslPtr<BIGNUM>;

const unsigned char* BytesOf(absl::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

Number NumberOf(absl::string_view bytes) {
  return Number(
      BN_bin2bn(BytesOf(bytes), static_cast<int>(bytes.size()), nullptr));
}

// Null if the parameters make no key.
EVP_PKEY* KeyFrom(const char* type, OSSL_PARAM_BLD* builder) {
  const OpenSslPtr<OSSL_PARAM> params(OSSL_PARAM_BLD_to_param(builder));
  const OpenSslPtr<EVP_PKEY_CTX> context(
      EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
  EVP_PKEY* key = nullptr;
  if (params == nullptr || context == nullptr ||
      EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY,
                        params.get()) != 1) {
    key = nullptr;
  }
  // What went wrong must not be found by whoever looks next on this thread.
  ERR_clear_error();
  return key;
}

// JOSE writes the two numbers one after the other (RFC 7518 section 3.4);
// OpenSSL wants them in DER. Empty if the length is wrong.
std::string ToDer(const std::string& signature, std::size_t number_bytes) {
  if (signature.size() != 2 * number_bytes) return "";
  const absl::string_view both = signature;
  Number r = NumberOf(both.substr(0, number_bytes));
  Number s = NumberOf(both.substr(number_bytes));
  const OpenSslPtr<ECDSA_SIG> pair(ECDSA_SIG_new());
  if (ECDSA_SIG_set0(pair.get(), r.get(), s.get()) != 1) return "";
  static_cast<void>(r.release());
  static_cast<void>(s.release());
  unsigned char* bytes = nullptr;
  const int size = i2d_ECDSA_SIG(pair.get(), &bytes);
  if (size <= 0) return "";
  std::string der(reinterpret_cast<char*>(bytes),
                  static_cast<std::size_t>(size));
  OPENSSL_free(bytes);
  return der;
}

}  // namespace

struct PublicKey::Algorithm {
  absl::string_view name;
  Kind kind;
  const EVP_MD* (*digest)();
  bool is_pss;
  // Of ECDSA: how long each of the two numbers is.
  std::size_t number_bytes;
};

const PublicKey::Algorithm* PublicKey::Find(absl::string_view name) {
  static constexpr Algorithm kAlgorithms[] = {
      {"RS256", Kind::kRsa, EVP_sha256, false, 0},
      {"RS384", Kind::kRsa, EVP_sha384, false, 0},
      {"RS512", Kind::kRsa, EVP_sha512, false, 0},
      {"PS256", Kind::kRsa, EVP_sha256, true, 0},
      {"PS384", Kind::kRsa, EVP_sha384, true, 0},
      {"PS512", Kind::kRsa, EVP_sha512, true, 0},
      {"ES256", Kind::kP256, EVP_sha256, false, 32},
      {"ES384", Kind::kP384, EVP_sha384, false, 48},
  };
  for (const Algorithm& algorithm : kAlgorithms) {
    if (algorithm.name == name) return &algorithm;
  }
  return nullptr;
}

std::optional<PublicKey> PublicKey::Rsa(const std::string& modulus,
                                        const std::string& exponent) {
  const Number n = NumberOf(modulus);
  const Number e = NumberOf(exponent);
  const int bits = BN_num_bits(n.get());
  if (bits < kLeastRsaBits || bits > kMostRsaBits || BN_is_odd(n.get()) == 0 ||
      BN_num_bits(e.get()) > kMostExponentBits || BN_is_odd(e.get()) == 0 ||
      BN_is_one(e.get()) != 0) {
    return std::nullopt;
  }
  const OpenSslPtr<OSSL_PARAM_BLD> builder(OSSL_PARAM_BLD_new());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get());
  EVP_PKEY* key = KeyFrom("RSA", builder.get());
  if (key == nullptr) return std::nullopt;
  return PublicKey(Kind::kRsa, key);
}

std::optional<PublicKey> PublicKey::Ec(const std::string& curve,
                                       const std::string& x,
                                       const std::string& y) {
  const bool is_p256 = curve == "P-256";
  const std::size_t size = is_p256 ? 32 : 48;
  if ((!is_p256 && curve != "P-384") || x.size() != size || y.size() != size) {
    return std::nullopt;
  }
  const std::string point = "\x04" + x + y;
  const OpenSslPtr<OSSL_PARAM_BLD> builder(OSSL_PARAM_BLD_new());
  OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME,
                                  curve.c_str(), 0);
  OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY,
                                   point.data(), point.size());
  EVP_PKEY* key = KeyFrom("EC", builder.get());
  if (key == nullptr) return std::nullopt;
  return PublicKey(is_p256 ? Kind::kP256 : Kind::kP384, key);
}

bool PublicKey::Verifies(absl::string_view algorithm, absl::string_view text,
                         const std::string& signature) const {
  const Algorithm* way = Find(algorithm);
  if (way == nullptr || way->kind != kind_) return false;
  const std::string bytes =
      kind_ == Kind::kRsa ? signature : ToDer(signature, way->number_bytes);
  const OpenSslPtr<EVP_MD_CTX> context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* key_context = nullptr;  // The digest context's own.
  bool is_good = EVP_DigestVerifyInit(context.get(), &key_context,
                                      way->digest(), nullptr, key_.get()) == 1;
  if (way->is_pss) {
    is_good =
        is_good &&
        EVP_PKEY_CTX_set_rsa_padding(key_context, RSA_PKCS1_PSS_PADDING) == 1 &&
        EVP_PKEY_CTX_set_rsa_pss_saltlen(key_context, RSA_PSS_SALTLEN_DIGEST) ==
            1;
  }
  is_good =
      is_good && EVP_DigestVerify(context.get(), BytesOf(bytes), bytes.size(),
                                  BytesOf(text), text.size()) == 1;
  ERR_clear_error();
  return is_good;
}

}  // namespace bursar
