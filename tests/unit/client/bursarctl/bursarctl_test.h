// The real bursarctl against a scripted broker. For one test; not thread-safe.

#ifndef BURSAR_TESTS_UNIT_CLIENT_BURSARCTL_BURSARCTL_TEST_H_
#define BURSAR_TESTS_UNIT_CLIENT_BURSARCTL_BURSARCTL_TEST_H_

#include <gtest/gtest.h>

#include <string>

#include "tests/unit/client/scripted_broker.h"

namespace bursar::client {

inline constexpr char kSecret[] = "zq-secret-value";

/// How bursarctl ended, and what it wrote.
struct Outcome {
  int exit_code;
  std::string out;
  std::string err;
};

class BursarctlTest : public testing::Test {
 protected:
  /// Runs bursarctl; the shell's quoting is the test's business.
  Outcome Run(const std::string& arguments) const;

  /// The path of `name` in a folder that goes with the test.
  std::string File(const std::string& name) const;

  /// The path of a file with kSecret.
  std::string SecretFile() const;

  static std::string Read(const std::string& path);

  ScriptedBroker broker_;
};

}  // namespace bursar::client

#endif  // BURSAR_TESTS_UNIT_CLIENT_BURSARCTL_BURSARCTL_TEST_H_
