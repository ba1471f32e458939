#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>

#include <nlohmann/json.hpp>
#include <thread>

#include "absl/strings/str_cat.h"
#include "sandbox/launch.h"
#include "tests/fakes/eventually.h"
#include "tests/fakes/temporary_folder.h"

namespace bursar::sandbox {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

/// Three personas at one port.
class HostsTest : public testing::Test {
 protected:
  HostsTest() {
    LaunchOptions options;
    options.personas = {"cliq", "github", "iot"};
    options.by_host = true;
    Start(options);
  }

  void Start(const LaunchOptions& options) {
    auto launched = Launch(options);
    ASSERT_TRUE(launched.ok()) << launched.status();
    sandboxes_ = *std::move(launched);
    const std::string& url = sandboxes_.each.front()->url();
    port_ = std::stoi(url.substr(url.rfind(':') + 1));
  }

  /// What `host` answers to a refresh by a client that nobody knows.
  json Refresh(const std::string& path, const std::string& host) const {
    const auto result =
        httplib::Client("127.0.0.1", port_)
            .Post(path, {{"Host", host}},
                  "grant_type=refresh_token&refresh_token=a&client_id=b",
                  "application/x-www-form-urlencoded");
    return result ? json::parse(result->body, nullptr, false) : json();
  }

  httplib::Result Get(const std::string& path, const std::string& host) const {
    return httplib::Client("127.0.0.1", port_).Get(path, {{"Host", host}});
  }

  std::string WithPort(const std::string& host) const {
    return absl::StrCat(host, ":", port_);
  }

  Sandboxes sandboxes_;
  int port_ = 0;
};

constexpr char kZohosPath[] = "/oauth/v2/token";
constexpr char kGithubsPath[] = "/login/oauth/access_token";

TEST_F(HostsTest, EachNameAnswersByItsPersonasRules) {
  EXPECT_EQ(Refresh(kZohosPath, "cliq.localhost")["error"], "invalid_client");
  EXPECT_EQ(Refresh(kGithubsPath, "github.localhost")["error"],
            "incorrect_client_credentials");
}

TEST_F(HostsTest, ANamesPathsAreNotThoseOfAnother) {
  EXPECT_TRUE(Refresh(kGithubsPath, "cliq.localhost").is_discarded());
  EXPECT_TRUE(Refresh(kZohosPath, "github.localhost").is_discarded());
}

TEST_F(HostsTest, PortAndCaseOfANameDoNotMatter) {
  EXPECT_EQ(Get("/", WithPort("cliq.localhost"))->status, 200);
  EXPECT_EQ(Get("/", WithPort("GitHub.LocalHost"))->status, 200);
}

TEST_F(HostsTest, TheyAreToldByNameAtOnePort) {
  EXPECT_THAT(
      ReadyLines(sandboxes_),
      ElementsAre(absl::StrCat("cliq http://", WithPort("cliq.localhost")),
                  absl::StrCat("github http://", WithPort("github.localhost")),
                  absl::StrCat("iot http://", WithPort("iot.localhost"))));
}

TEST_F(HostsTest, AnotherNameIsAnsweredWithThoseThatThereAre) {
  for (const char* host : {"slack.localhost", "localhost", "127.0.0.1", ""}) {
    const auto answer = Get("/developerconsole", host);
    ASSERT_TRUE(answer) << host;
    EXPECT_EQ(answer->status, 404) << host;
    EXPECT_THAT(answer->body, HasSubstr(absl::StrCat(
                                  "http://", WithPort("github.localhost"))))
        << host;
    EXPECT_THAT(answer->body, Not(HasSubstr("slack"))) << host;
  }
}

TEST_F(HostsTest, OneConnectionMayAskForSeveral) {
  httplib::Client client("127.0.0.1", port_);
  client.set_keep_alive(true);
  for (const char* persona : {"cliq", "github", "cliq"}) {
    const auto answer =
        client.Get("/", {{"Host", absl::StrCat(persona, ".localhost")}});
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 200) << persona;
  }
  EXPECT_EQ(client.Get("/", {{"Host", "other.localhost"}})->status, 404);
}

TEST_F(HostsTest, DataCentresHaveNamesOfTheirOwn) {
  LaunchOptions options;
  options.personas = {"iot"};
  options.data_centers = {"eu"};
  options.by_host = true;
  Start(options);
  EXPECT_THAT(
      ReadyLines(sandboxes_),
      ElementsAre(
          absl::StrCat("iot http://", WithPort("iot.localhost")),
          absl::StrCat("iot.eu http://", WithPort("iot.eu.localhost"))));
  EXPECT_EQ(Get("/", "iot.eu.localhost")->status, 200);
  EXPECT_EQ(Get("/", "iot.au.localhost")->status, 404);
}

TEST_F(HostsTest, ARequestLongerThanABufferFindsItsNameToo) {
  const std::string filler(7000, 'a');
  const auto answer =
      httplib::Client("127.0.0.1", port_)
          .Get("/",
               {{"Host", "cliq.localhost"}, {"X-A", filler}, {"X-B", filler}});
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200);
}

TEST_F(HostsTest, ItEndsWhileACallOfASiteWaits) {
  httplib::Client control("127.0.0.1", port_);
  const std::string delay = R"({"kind":"delay","delay_ms":600000})";
  ASSERT_EQ(control
                .Post("/control/faults", {{"Host", "cliq.localhost"}}, delay,
                      "application/json")
                ->status,
            200);
  std::thread waiting([&] { Refresh(kZohosPath, "cliq.localhost"); });
  EXPECT_TRUE(Eventually([&] {
    const auto counters = Get("/control/counters", "cliq.localhost");
    return !json::parse(counters->body)["calls"].empty();
  }));
  sandboxes_.front.reset();
  waiting.join();
}

TEST_F(HostsTest, OneNameIsForOnePersona) {
  LaunchOptions options;
  options.personas = {"cliq", "cliq"};
  options.by_host = true;
  EXPECT_EQ(Launch(options).status().code(),
            absl::StatusCode::kInvalidArgument);
}

TEST_F(HostsTest, TheCertificateCoversTheNames) {
  const TemporaryFolder folder;
  LaunchOptions options;
  options.personas = {"cliq", "iot"};
  options.data_centers = {"eu"};
  options.by_host = true;
  options.tls_directory = folder.path();
  Start(options);
  for (const char* host : {"cliq.localhost", "iot.eu.localhost"}) {
    httplib::SSLClient client(host, port_);
    client.set_hostname_addr_map({{host, "127.0.0.1"}});
    client.set_ca_cert_path(folder.Path("ca.pem").c_str());
    client.enable_server_certificate_verification(true);
    const auto answer = client.Get("/");
    EXPECT_TRUE(answer && answer->status == 200) << host;
  }
}

}  // namespace
}  // namespace bursar::sandbox
