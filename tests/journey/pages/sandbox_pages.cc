#include "tests/journey/pages/sandbox_pages.h"

#include <httplib.h>

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"

namespace bursar::journey {

std::unique_ptr<Chromium> SandboxPages::chromium_;

void SandboxPages::SetUpTestSuite() {
  chromium_ = std::make_unique<Chromium>();
  ASSERT_TRUE(chromium_->Start())
      << "there is no Chromium: scripts/setup.sh test installs it";
}

void SandboxPages::TearDownTestSuite() { chromium_.reset(); }

void SandboxPages::StartSandbox(const std::string& persona) {
  SandboxOptions options;
  options.persona = persona;
  sandbox_ = std::make_unique<Sandbox>(options);
  ASSERT_TRUE(sandbox_->Start());
}

void SandboxPages::Open(const std::string& path) {
  chromium().Open(absl::StrCat(sandbox().url(), path));
}

std::string SandboxPages::RedirectUri() const {
  return absl::StrCat(sandbox().url(), "/");
}

void SandboxPages::Authorize(const std::string& client_id,
                             const std::string& scope,
                             const std::string& response_type) {
  Open(absl::StrCat("/oauth/v2/auth?client_id=", client_id, "&response_type=",
                    response_type, "&redirect_uri=", RedirectUri(),
                    "&scope=", scope, "&state=opaque&access_type=offline"));
}

std::string SandboxPages::UserCode() const {
  const auto answer =
      httplib::Client(sandbox().url())
          .Post("/oauth/v3/device/code",
                absl::StrCat("grant_type=device_request"
                             "&scope=ZohoCliq.Channels.READ&client_id=",
                             sandbox().Register("", "non-browser").id),
                "application/x-www-form-urlencoded");
  return nlohmann::json::parse(answer->body).value("user_code", "");
}

}  // namespace bursar::journey
