#include "tests/unit/client/bursarctl/bursarctl_test.h"

#include <sys/wait.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"

namespace bursar::client {

Outcome BursarctlTest::Run(const std::string& arguments) const {
  const std::string out = File("out"), err = File("err");
  const int status = std::system(
      absl::StrCat("BURSAR_ADDRESS=", broker_.target(), " " BURSARCTL " ",
                   arguments, " >", out, " 2>", err)
          .c_str());
  return {WEXITSTATUS(status), Read(out), Read(err)};
}

std::string BursarctlTest::File(const std::string& name) const {
  return absl::StrCat(broker_.folder(), "/", name);
}

std::string BursarctlTest::SecretFile() const {
  std::ofstream(File("secret")) << kSecret << "\n";
  return File("secret");
}

std::string BursarctlTest::Read(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

}  // namespace bursar::client
