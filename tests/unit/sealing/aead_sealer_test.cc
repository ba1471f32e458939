#include "server/sealing/aead_sealer.h"

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "gtest/gtest.h"
#include "tests/fakes/temporary_folder.h"

namespace bursar {
namespace {

const SealedPlace kPlace = {"tokens", "value", "7"};

std::unique_ptr<AeadSealer> NewSealer() {
  const TemporaryFolder folder;
  const std::string path = folder.Path("keyring");
  SystemRandom random;
  EXPECT_TRUE(Keyring::Create(path, random).ok());
  auto keyring = Keyring::Load(path);
  auto sealer = AeadSealer::Create(*std::move(keyring));
  EXPECT_TRUE(sealer.ok()) << sealer.status();
  return *std::move(sealer);
}

TEST(AeadSealer, OpensWhatItSealed) {
  const auto sealer = NewSealer();
  for (const std::string& text :
       {std::string(), std::string("token"), std::string(5000, 'x')}) {
    const auto opened =
        sealer->Open(sealer->Seal(Secret::Copy(text), kPlace), kPlace);
    ASSERT_TRUE(opened.ok()) << opened.status();
    EXPECT_EQ(opened->Expose(), text);
  }
}

TEST(AeadSealer, ASealedValueOpensAtItsPlaceAlone) {
  const auto sealer = NewSealer();
  const Sealed sealed = sealer->Seal(Secret::Copy("token"), kPlace);
  for (const SealedPlace& place :
       {SealedPlace{"other", "value", "7"}, SealedPlace{"tokens", "other", "7"},
        SealedPlace{"tokens", "value", "8"},
        // The same letters, cut elsewhere.
        SealedPlace{"token", "svalue", "7"}}) {
    EXPECT_TRUE(absl::IsDataLoss(sealer->Open(sealed, place).status()));
  }
}

TEST(AeadSealer, AChangedByteDoesNotOpen) {
  const auto sealer = NewSealer();
  const Sealed sealed = sealer->Seal(Secret::Copy("token"), kPlace);
  for (std::size_t i = 0; i < sealed.bytes.size(); ++i) {
    Sealed changed = sealed;
    changed.bytes[i] ^= 1;
    EXPECT_TRUE(absl::IsDataLoss(sealer->Open(changed, kPlace).status())) << i;
  }
  Sealed cut = sealed;
  cut.bytes.resize(10);
  EXPECT_TRUE(absl::IsDataLoss(sealer->Open(cut, kPlace).status()));
}

TEST(AeadSealer, AKeyThatIsNotAtHandIsNamed) {
  const Sealed sealed = NewSealer()->Seal(Secret::Copy("token"), kPlace);
  const absl::Status status = NewSealer()->Open(sealed, kPlace).status();
  EXPECT_TRUE(absl::IsNotFound(status));
  EXPECT_TRUE(absl::StrContains(status.message(), sealed.key_id));
}

TEST(AeadSealer, AValueIsSealedDifferentlyEachTime) {
  const auto sealer = NewSealer();
  EXPECT_NE(sealer->Seal(Secret::Copy("token"), kPlace).bytes,
            sealer->Seal(Secret::Copy("token"), kPlace).bytes);
}

TEST(AeadSealer, AReplacedRingSealsWithItsOwnKeyAndOpensWhatItHolds) {
  const auto sealer = NewSealer();
  const auto other = NewSealer();
  const Sealed before = sealer->Seal(Secret::Copy("token"), kPlace);
  sealer->Replace(other->keyring()->JoinedBy(*sealer->keyring()));
  EXPECT_EQ(sealer->KeyIds(), (std::vector{other->KeyIds()[0], before.key_id}));
  const Sealed after = sealer->Seal(Secret::Copy("token"), kPlace);
  EXPECT_EQ(after.key_id, other->KeyIds()[0]);
  EXPECT_TRUE(sealer->Open(before, kPlace).ok());
  EXPECT_TRUE(other->Open(after, kPlace).ok());
  EXPECT_TRUE(absl::IsNotFound(other->Open(before, kPlace).status()));
}

TEST(AeadSealer, ADigestDependsOnKeyAndSecret) {
  const auto sealer = NewSealer();
  const Secret key = Secret::Take(std::string(32, 'k'));
  const Secret other_key = Secret::Take(std::string(32, 'o'));
  const std::string digest = sealer->Digest(key, Secret::Copy("token"));
  EXPECT_EQ(digest.size(), 32u);
  EXPECT_EQ(digest, NewSealer()->Digest(key, Secret::Copy("token")));
  EXPECT_NE(digest, sealer->Digest(key, Secret::Copy("tokem")));
  EXPECT_NE(digest, sealer->Digest(other_key, Secret::Copy("token")));
}

}  // namespace
}  // namespace bursar
