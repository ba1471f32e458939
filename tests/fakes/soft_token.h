// A PKCS#11 token in software, in a folder of its own: SoftHSM's. Its key and
// PIN are made for the test. Goes with all that is in it. One in a process.

#ifndef BURSAR_TESTS_FAKES_SOFT_TOKEN_H_
#define BURSAR_TESTS_FAKES_SOFT_TOKEN_H_

#include <string>

#include "tests/fakes/temporary_folder.h"

namespace bursar {

class SoftToken {
 public:
  /// With an AES key labelled "wrapping", which cannot be taken out.
  SoftToken();

  static std::string module();
  std::string pin_file() const { return folder_.Path("pin"); }
  const std::string& folder() const { return folder_.path(); }

  /// Makes another AES key; whether that worked.
  bool AddKey(const std::string& label) const;

 private:
  const TemporaryFolder folder_;
};

}  // namespace bursar

#endif  // BURSAR_TESTS_FAKES_SOFT_TOKEN_H_
