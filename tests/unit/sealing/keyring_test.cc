#include "server/sealing/keyring.h"

#include <sys/stat.h>

#include <fstream>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/fakes/temporary_folder.h"

namespace bursar {
namespace {

using testing::HasSubstr;

// 32 bytes in base64, of no use elsewhere.
constexpr char kKey[] = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

class KeyringTest : public testing::Test {
 protected:
  void WriteFile(const std::string& content, mode_t mode = 0600) {
    std::ofstream(path_) << content;
    chmod(path_.c_str(), mode);
  }

  std::string LoadError() {
    const auto keyring = Keyring::Load(path_);
    return keyring.ok() ? "loaded" : std::string(keyring.status().message());
  }

  SystemRandom random_;
  const TemporaryFolder folder_;
  std::string path_ = folder_.Path("keys");
};

TEST_F(KeyringTest, ACreatedKeyringLoads) {
  ASSERT_TRUE(Keyring::Create(path_, random_).ok());
  const auto keyring = Keyring::Load(path_);
  ASSERT_TRUE(keyring.ok()) << keyring.status();
  EXPECT_EQ(keyring->primary().bytes.size(), Keyring::kKeyBytes);
}

TEST_F(KeyringTest, ACreatedKeyringIsItsOwnersAlone) {
  ASSERT_TRUE(Keyring::Create(path_, random_).ok());
  struct stat status;
  ASSERT_EQ(stat(path_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
}

TEST_F(KeyringTest, CreateNeverOverwrites) {
  WriteFile("precious");
  EXPECT_TRUE(absl::IsAlreadyExists(Keyring::Create(path_, random_)));
  std::ifstream file(path_);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(file), {}), "precious");
}

TEST_F(KeyringTest, TheFirstKeyIsThePrimaryAndAllAreFound) {
  WriteFile(absl::StrCat("# comment\n\nnew ", kKey, "\n  old\t", kKey, " \n"));
  const auto keyring = Keyring::Load(path_);
  ASSERT_TRUE(keyring.ok()) << keyring.status();
  EXPECT_EQ(keyring->primary().id, "new");
  ASSERT_NE(keyring->Find("old"), nullptr);
  EXPECT_EQ(keyring->Find("old")->bytes.Expose()[31], '\x1f');
  EXPECT_EQ(keyring->Find("other"), nullptr);
}

TEST_F(KeyringTest, AMissingFileSaysHowToMakeOne) {
  EXPECT_THAT(LoadError(),
              HasSubstr(absl::StrCat("bursarctl keys create ", path_)));
}

TEST_F(KeyringTest, AFileThatOthersMayReadIsRefused) {
  for (const mode_t mode : {0640, 0604, 0620}) {
    WriteFile(absl::StrCat("k ", kKey, "\n"), mode);
    EXPECT_THAT(LoadError(), HasSubstr(absl::StrCat("chmod 600 ", path_)));
  }
}

TEST_F(KeyringTest, AWrongLineIsNamedWithoutItsKey) {
  const std::string lines[] = {"only-an-id",
                               absl::StrCat("Upper ", kKey),
                               "short AAECAw==",
                               "not-base64 %%%",
                               absl::StrCat(std::string(33, 'a'), " ", kKey),
                               absl::StrCat("k ", kKey, " more")};
  for (const std::string& line : lines) {
    WriteFile(absl::StrCat("# first\n", line, "\n"));
    EXPECT_THAT(LoadError(), HasSubstr(absl::StrCat(path_, ":2: ")));
    EXPECT_THAT(LoadError(), testing::Not(HasSubstr("AAEC")));
  }
}

TEST_F(KeyringTest, ARepeatedIdIsRefused) {
  WriteFile(absl::StrCat("k ", kKey, "\nk ", kKey, "\n"));
  EXPECT_THAT(LoadError(), HasSubstr(absl::StrCat(path_, ":2: ")));
}

TEST_F(KeyringTest, AFileWithoutAKeyIsRefused) {
  WriteFile("# nothing\n");
  EXPECT_THAT(LoadError(), HasSubstr("holds no key"));
}

TEST_F(KeyringTest, AFolderIsNoKeyFile) {
  path_ = folder_.path();
  EXPECT_THAT(LoadError(), HasSubstr("not a regular file"));
}

}  // namespace
}  // namespace bursar
