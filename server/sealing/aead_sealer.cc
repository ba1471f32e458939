#include "server/sealing/aead_sealer.h"

#include <sodium.h>

#include <cstddef>

#include "absl/memory/memory.h"
#include "absl/strings/str_cat.h"

namespace bursar {
namespace {

constexpr std::size_t kNonceBytes =
    crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t kDigestBytes = 32;

static_assert(Keyring::kKeyBytes ==
              crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

const unsigned char* Bytes(absl::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* Bytes(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

// Each part after its length: no two places have one encoding.
std::string AssociatedData(absl::string_view key_id, const SealedPlace& place) {
  std::string data;
  for (absl::string_view part :
       {key_id, place.table, place.column, absl::string_view(place.row)}) {
    absl::StrAppend(&data, part.size(), ":", part);
  }
  return data;
}

std::string Describe(absl::string_view key_id, const SealedPlace& place) {
  return absl::StrCat("key ", key_id, ", ", place.table, ".", place.column,
                      " row ", place.row);
}

}  // namespace

absl::StatusOr<std::unique_ptr<AeadSealer>> AeadSealer::Create(
    Keyring keyring) {
  if (sodium_init() < 0) {
    return absl::InternalError("libsodium cannot start: no random source");
  }
  return absl::WrapUnique(new AeadSealer(std::move(keyring)));
}

void AeadSealer::Replace(Keyring keyring) {
  auto replacement = std::make_shared<const Keyring>(std::move(keyring));
  const std::lock_guard lock(mutex_);
  keyring_.swap(replacement);
}

std::shared_ptr<const Keyring> AeadSealer::keyring() const {
  const std::lock_guard lock(mutex_);
  return keyring_;
}

std::vector<std::string> AeadSealer::KeyIds() const { return keyring()->Ids(); }

Sealed AeadSealer::Seal(const Secret& secret, const SealedPlace& place) const {
  const std::shared_ptr<const Keyring> ring = keyring();
  const Keyring::Key& key = ring->primary();
  const std::string data = AssociatedData(key.id, place);
  const absl::string_view plain = secret.Expose();
  std::string bytes(kNonceBytes + plain.size() + kTagBytes, '\0');
  randombytes_buf(bytes.data(), kNonceBytes);
  crypto_aead_xchacha20poly1305_ietf_encrypt(
      Bytes(bytes) + kNonceBytes, nullptr, Bytes(plain), plain.size(),
      Bytes(data), data.size(), nullptr, Bytes(bytes),
      Bytes(key.bytes.Expose()));
  return {key.id, std::move(bytes)};
}

absl::StatusOr<Secret> AeadSealer::Open(const Sealed& sealed,
                                        const SealedPlace& place) const {
  const std::shared_ptr<const Keyring> ring = keyring();
  const Keyring::Key* key = ring->Find(sealed.key_id);
  if (key == nullptr) {
    return absl::NotFoundError(absl::StrCat("the key file lacks the key for ",
                                            Describe(sealed.key_id, place)));
  }
  const absl::Status damaged = absl::DataLossError(absl::StrCat(
      "a sealed value does not open: ", Describe(sealed.key_id, place)));
  if (sealed.bytes.size() < kNonceBytes + kTagBytes) return damaged;
  const std::string data = AssociatedData(sealed.key_id, place);
  std::string plain(sealed.bytes.size() - kNonceBytes - kTagBytes, '\0');
  const int result = crypto_aead_xchacha20poly1305_ietf_decrypt(
      Bytes(plain), nullptr, nullptr,
      Bytes(absl::string_view(sealed.bytes)) + kNonceBytes,
      sealed.bytes.size() - kNonceBytes, Bytes(data), data.size(),
      Bytes(absl::string_view(sealed.bytes)), Bytes(key->bytes.Expose()));
  if (result != 0) return damaged;
  return Secret::Take(std::move(plain));
}

std::string AeadSealer::Digest(const Secret& key, const Secret& secret) const {
  std::string digest(kDigestBytes, '\0');
  const absl::string_view text = secret.Expose();
  const absl::string_view key_text = key.Expose();
  crypto_generichash(Bytes(digest), digest.size(), Bytes(text), text.size(),
                     Bytes(key_text), key_text.size());
  return digest;
}

}  // namespace bursar
