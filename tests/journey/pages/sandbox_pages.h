// A sandbox and, for all tests of a program, one Chromium to look at its pages.

#ifndef BURSAR_TESTS_JOURNEY_PAGES_SANDBOX_PAGES_H_
#define BURSAR_TESTS_JOURNEY_PAGES_SANDBOX_PAGES_H_

#include <memory>
#include <string>

#include "gtest/gtest.h"
#include "tests/journey/harness/chromium.h"
#include "tests/journey/harness/sandbox.h"

namespace bursar::journey {

class SandboxPages : public ::testing::Test {
 protected:
  static void SetUpTestSuite();
  static void TearDownTestSuite();

  void StartSandbox(const std::string& persona = "cliq");

  static Chromium& chromium() { return *chromium_; }
  const Sandbox& sandbox() const { return *sandbox_; }

  /// Opens the page at `path` of the sandbox.
  void Open(const std::string& path);

  /// Where users come back to: a page of the sandbox's own will do.
  std::string RedirectUri() const;

  /// Opens an authorization request.
  void Authorize(const std::string& client_id, const std::string& scope,
                 const std::string& response_type = "code");

  /// A code that a device shows to its user.
  std::string UserCode() const;

 private:
  static std::unique_ptr<Chromium> chromium_;
  std::unique_ptr<Sandbox> sandbox_;
};

}  // namespace bursar::journey

#endif  // BURSAR_TESTS_JOURNEY_PAGES_SANDBOX_PAGES_H_
