#include "tests/fakes/soft_token.h"

#include <cstdlib>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace bursar {
namespace {

constexpr char kTestPin[] = "4711";

bool Shell(const std::string& command) {
  return std::system(absl::StrCat(command, " >/dev/null 2>&1").c_str()) == 0;
}

}  // namespace

SoftToken::SoftToken() {
  const std::string tokens = folder_.Path("tokens");
  std::filesystem::create_directory(tokens);
  const std::string settings = folder_.Write(
      "softhsm2.conf", absl::StrCat("directories.tokendir = ", tokens, "\n"));
  setenv("SOFTHSM2_CONF", settings.c_str(), 1);
  folder_.Write("pin", absl::StrCat(kTestPin, "\n"));
  EXPECT_TRUE(Shell(absl::StrCat(
      "softhsm2-util --init-token --free --label bursar --so-pin 12345678 "
      "--pin ",
      kTestPin)));
  EXPECT_TRUE(AddKey("wrapping"));
}

std::string SoftToken::module() {
  for (const char* path :
       {"/usr/lib/softhsm/libsofthsm2.so",
        "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
        "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so"}) {
    if (std::filesystem::exists(path)) return path;
  }
  ADD_FAILURE() << "SoftHSM is not installed: scripts/setup.sh test";
  return "";
}

bool SoftToken::AddKey(const std::string& label) const {
  return Shell(absl::StrCat(
      "pkcs11-tool --module ", module(), " --token-label bursar --login --pin ",
      kTestPin, " --keygen --key-type AES:32 --sensitive --label ", label));
}

}  // namespace bursar
