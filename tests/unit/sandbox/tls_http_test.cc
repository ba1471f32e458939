#include <gtest/gtest.h>
#include <httplib.h>
#include <sys/stat.h>

#include <filesystem>

#include "sandbox/sandbox.h"
#include "tests/fakes/temporary_folder.h"

namespace bursar::sandbox {
namespace {

class TlsTest : public testing::Test {
 protected:
  std::unique_ptr<Sandbox> Start() const {
    SandboxOptions options;
    options.tls_directory = folder_.Path("made");
    auto started = Sandbox::Start(options);
    EXPECT_TRUE(started.ok()) << started.status();
    return *std::move(started);
  }

  std::string Authority() const { return folder_.Path("made/ca.pem"); }

  /// The status of a call with `authority` trusted; 0 if there was none.
  static int Call(const Sandbox& sandbox, const std::string& host,
                  const std::string& authority) {
    const int port =
        std::stoi(sandbox.url().substr(sandbox.url().rfind(':') + 1));
    httplib::SSLClient client(host, port);
    client.set_ca_cert_path(authority.c_str());
    client.enable_server_certificate_verification(true);
    const auto result = client.Get("/control/clock");
    return result ? result->status : 0;
  }

  const TemporaryFolder folder_;
};

TEST_F(TlsTest, ServesLoopbackNamesToWhoeverTrustsItsAuthority) {
  const auto sandbox = Start();
  EXPECT_EQ(sandbox->url().substr(0, 8), "https://");
  EXPECT_EQ(Call(*sandbox, "127.0.0.1", Authority()), 200);
  EXPECT_EQ(Call(*sandbox, "localhost", Authority()), 200);
}

TEST_F(TlsTest, IsNotTrustedByOthers) {
  const auto sandbox = Start();
  EXPECT_EQ(Call(*sandbox, "127.0.0.1", folder_.Path("made/server.pem")), 0);
}

TEST_F(TlsTest, KeepsItsCertificatesAndTheirKeyPrivate) {
  Start();
  struct stat key {};
  ASSERT_EQ(stat(folder_.Path("made/server.key").c_str(), &key), 0);
  EXPECT_EQ(key.st_mode & 0777, 0600u);
  const auto written = std::filesystem::last_write_time(Authority());
  const auto again = Start();
  EXPECT_EQ(std::filesystem::last_write_time(Authority()), written);
  EXPECT_EQ(Call(*again, "127.0.0.1", Authority()), 200);
}

TEST_F(TlsTest, ClearTextIsForLoopbackOnly) {
  SandboxOptions options;
  options.host = "0.0.0.0";
  EXPECT_EQ(Sandbox::Start(options).status().code(),
            absl::StatusCode::kInvalidArgument);
}

TEST_F(TlsTest, AnAddressIsServedByOneOnly) {
  SandboxOptions options;
  const auto first = Sandbox::Start(options);
  ASSERT_TRUE(first.ok());
  options.port =
      std::stoi((*first)->url().substr((*first)->url().rfind(':') + 1));
  EXPECT_EQ(Sandbox::Start(options).status().code(),
            absl::StatusCode::kUnavailable);
}

}  // namespace
}  // namespace bursar::sandbox
