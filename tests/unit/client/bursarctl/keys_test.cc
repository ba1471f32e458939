// bursarctl keys.

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "absl/strings/str_cat.h"
#include "tests/unit/client/bursarctl/bursarctl_test.h"

namespace bursar::client {
namespace {

TEST_F(BursarctlTest, MakesAKeyringForItsOwnerAlone) {
  const Outcome run = Run(absl::StrCat("keys create ", File("keyring")));
  EXPECT_EQ(run.exit_code, 0) << run.err;
  struct stat info;
  ASSERT_EQ(stat(File("keyring").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600u);
}

TEST_F(BursarctlTest, NeverOverwritesAKeyring) {
  std::ofstream(File("keyring")) << "mine";
  EXPECT_EQ(Run(absl::StrCat("keys create ", File("keyring"))).exit_code, 2);
  EXPECT_EQ(Read(File("keyring")), "mine");
}

}  // namespace
}  // namespace bursar::client
