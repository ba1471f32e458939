// Keys that a token's key wraps, with SoftHSM for the token.

#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/base/random.h"
#include "server/sealing/keyring.h"
#include "server/sealing/keyring_file.h"
#include "server/sealing/pkcs11_wrapper.h"
#include "tests/fakes/soft_token.h"

namespace bursar {
namespace {

using testing::HasSubstr;

class Pkcs11Test : public testing::Test {
 protected:
  static void SetUpTestSuite() { token_ = new SoftToken(); }
  static void TearDownTestSuite() { delete token_; }

  Pkcs11Test() : path_(absl::StrCat(token_->folder(), "/keyring")) {}
  ~Pkcs11Test() override { std::filesystem::remove(path_); }

  static Pkcs11Settings Settings() {
    return {SoftToken::module(), "bursar", "wrapping", token_->pin_file()};
  }

  std::string Content() const {
    std::ifstream file(path_);
    return std::string(std::istreambuf_iterator<char>(file), {});
  }

  // What Open refuses these with.
  static std::string Refusal(const Pkcs11Settings& settings) {
    const auto wrapper = Pkcs11Wrapper::Open(settings);
    return wrapper.ok() ? "opened" : std::string(wrapper.status().message());
  }

  static SoftToken* token_;
  const std::string path_;
  SystemRandom random_;
};

SoftToken* Pkcs11Test::token_ = nullptr;

TEST_F(Pkcs11Test, AWrappedKeyComesBackThroughItsTokenAlone) {
  {
    const auto wrapper = Pkcs11Wrapper::Open(Settings());
    ASSERT_TRUE(wrapper.ok()) << wrapper.status();
    ASSERT_TRUE(Keyring::Create(path_, random_, wrapper->get()).ok());
    const auto keyring = Keyring::Load(path_, wrapper->get());
    ASSERT_TRUE(keyring.ok()) << keyring.status();
    EXPECT_EQ(keyring->primary().bytes.size(), Keyring::kKeyBytes);
  }
  EXPECT_TRUE(ListKeys(path_)->at(0).wrapped);
  EXPECT_THAT(Content(), HasSubstr(" pkcs11:"));
  EXPECT_FALSE(Keyring::Load(path_).ok());
}

TEST_F(Pkcs11Test, ItIsTheSameKeyEachTime) {
  std::string first;
  for (int i = 0; i < 2; ++i) {
    const auto wrapper = Pkcs11Wrapper::Open(Settings());
    ASSERT_TRUE(wrapper.ok()) << wrapper.status();
    if (i == 0) {
      ASSERT_TRUE(Keyring::Create(path_, random_, wrapper->get()).ok());
    }
    const auto keyring = Keyring::Load(path_, wrapper->get());
    ASSERT_TRUE(keyring.ok()) << keyring.status();
    const std::string bytes(keyring->primary().bytes.Expose());
    EXPECT_TRUE(i == 0 || bytes == first);
    first = bytes;
  }
}

TEST_F(Pkcs11Test, ARingMovesIntoATokenByAddingAWrappedKey) {
  ASSERT_TRUE(Keyring::Create(path_, random_).ok());
  const auto wrapper = Pkcs11Wrapper::Open(Settings());
  ASSERT_TRUE(wrapper.ok()) << wrapper.status();
  const auto added = AddKey(path_, random_, wrapper->get());
  ASSERT_TRUE(added.ok()) << added.status();
  const auto keyring = Keyring::Load(path_, wrapper->get());
  ASSERT_TRUE(keyring.ok()) << keyring.status();
  EXPECT_EQ(keyring->Ids().size(), 2u);
  EXPECT_EQ(keyring->primary().id, *added);
}

TEST_F(Pkcs11Test, AWrappedKeyUnderAnotherIdDoesNotOpen) {
  const auto wrapper = Pkcs11Wrapper::Open(Settings());
  ASSERT_TRUE(wrapper.ok()) << wrapper.status();
  const Secret key = Secret::Copy(std::string(32, 'k'));
  const auto wrapped = (*wrapper)->Wrap(key, "key-a");
  ASSERT_TRUE(wrapped.ok()) << wrapped.status();
  EXPECT_FALSE(absl::StrContains(*wrapped, std::string(8, 'k')));
  EXPECT_TRUE(*(*wrapper)->Unwrap(*wrapped, "key-a") == key);
  EXPECT_FALSE((*wrapper)->Unwrap(*wrapped, "key-b").ok());
  std::string changed = *wrapped;
  changed.back() ^= 1;
  EXPECT_FALSE((*wrapper)->Unwrap(changed, "key-a").ok());
  EXPECT_FALSE((*wrapper)->Unwrap("short", "key-a").ok());
}

TEST_F(Pkcs11Test, AnotherKeyOfTheTokenDoesNotUnwrap) {
  ASSERT_TRUE(token_->AddKey("other"));
  {
    const auto wrapper = Pkcs11Wrapper::Open(Settings());
    ASSERT_TRUE(wrapper.ok()) << wrapper.status();
    ASSERT_TRUE(Keyring::Create(path_, random_, wrapper->get()).ok());
  }
  Pkcs11Settings other = Settings();
  other.key_label = "other";
  const auto wrapper = Pkcs11Wrapper::Open(other);
  ASSERT_TRUE(wrapper.ok()) << wrapper.status();
  const auto keyring = Keyring::Load(path_, wrapper->get());
  ASSERT_FALSE(keyring.ok());
  EXPECT_THAT(keyring.status().message(),
              HasSubstr(absl::StrCat(path_, ":3: ")));
}

TEST_F(Pkcs11Test, WhatIsMissingIsNamed) {
  Pkcs11Settings settings = Settings();
  settings.module = "/no/such/module.so";
  EXPECT_THAT(Refusal(settings), HasSubstr("/no/such/module.so"));
  settings = Settings();
  settings.token_label = "elsewhere";
  EXPECT_THAT(Refusal(settings), HasSubstr("no token labelled elsewhere"));
  settings = Settings();
  settings.key_label = "unknown";
  EXPECT_THAT(Refusal(settings), HasSubstr("no secret key labelled unknown"));
  settings = Settings();
  settings.pin_file = token_->folder() + "/none";
  EXPECT_THAT(Refusal(settings), HasSubstr("no such PIN file"));
}

TEST_F(Pkcs11Test, AWrongPinIsRefusedAndNotShown) {
  Pkcs11Settings settings = Settings();
  settings.pin_file = token_->folder() + "/wrong";
  std::ofstream(settings.pin_file) << "918273\n";
  chmod(settings.pin_file.c_str(), 0600);
  EXPECT_THAT(Refusal(settings), HasSubstr("another PIN"));
  EXPECT_FALSE(absl::StrContains(Refusal(settings), "918273"));
}

TEST_F(Pkcs11Test, APinThatOthersMayReadIsRefused) {
  Pkcs11Settings settings = Settings();
  settings.pin_file = token_->folder() + "/open";
  std::ofstream(settings.pin_file) << "4711\n";
  chmod(settings.pin_file.c_str(), 0644);
  EXPECT_THAT(Refusal(settings), HasSubstr("chmod 600"));
}

}  // namespace
}  // namespace bursar
