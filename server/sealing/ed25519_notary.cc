#include "server/sealing/ed25519_notary.h"

#include <sodium.h>

#include <utility>

namespace bursar {
namespace {

const unsigned char* BytesOf(absl::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* BytesOf(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

}  // namespace

std::string Ed25519Notary::Hash(absl::string_view bytes) const {
  std::string hash(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256(BytesOf(hash), BytesOf(bytes), bytes.size());
  return hash;
}

Secret Ed25519Notary::NewKey() const {
  std::string key(crypto_sign_SECRETKEYBYTES, '\0');
  std::string public_key(crypto_sign_PUBLICKEYBYTES, '\0');
  crypto_sign_keypair(BytesOf(public_key), BytesOf(key));
  return Secret::Take(std::move(key));
}

std::string Ed25519Notary::PublicKeyOf(const Secret& key) const {
  std::string public_key(crypto_sign_PUBLICKEYBYTES, '\0');
  crypto_sign_ed25519_sk_to_pk(BytesOf(public_key), BytesOf(key.Expose()));
  return public_key;
}

std::string Ed25519Notary::Sign(const Secret& key,
                                absl::string_view statement) const {
  std::string signature(crypto_sign_BYTES, '\0');
  crypto_sign_detached(BytesOf(signature), nullptr, BytesOf(statement),
                       statement.size(), BytesOf(key.Expose()));
  return signature;
}

bool Ed25519Notary::IsSigned(absl::string_view public_key,
                             absl::string_view statement,
                             absl::string_view signature) const {
  return public_key.size() == crypto_sign_PUBLICKEYBYTES &&
         signature.size() == crypto_sign_BYTES &&
         crypto_sign_verify_detached(BytesOf(signature), BytesOf(statement),
                                     statement.size(),
                                     BytesOf(public_key)) == 0;
}

}  // namespace bursar
