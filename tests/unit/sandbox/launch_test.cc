#include "sandbox/launch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace bursar::sandbox {
namespace {

using testing::ElementsAre;
using testing::StartsWith;

TEST(LaunchTest, OneSandboxIsToldByItsUrlAlone) {
  const auto sandboxes = Launch({});
  ASSERT_TRUE(sandboxes.ok()) << sandboxes.status();
  EXPECT_THAT(ReadyLines(*sandboxes), ElementsAre(StartsWith("http://")));
}

TEST(LaunchTest, SeveralPersonasServeAtOnceAndAreToldByName) {
  LaunchOptions options;
  options.personas = {"cliq", "identity360", "iot", "connect", "github"};
  const auto sandboxes = Launch(options);
  ASSERT_TRUE(sandboxes.ok()) << sandboxes.status();
  EXPECT_THAT(
      ReadyLines(*sandboxes),
      ElementsAre(StartsWith("cliq http://"), StartsWith("identity360 http://"),
                  StartsWith("iot http://"), StartsWith("connect http://"),
                  StartsWith("github http://")));
}

TEST(LaunchTest, EveryDataCentreOfAPersonaServesAtOnce) {
  LaunchOptions options;
  options.personas = {"iot", "google"};
  options.data_centers = {"all"};
  const auto sandboxes = Launch(options);
  ASSERT_TRUE(sandboxes.ok()) << sandboxes.status();
  EXPECT_THAT(
      ReadyLines(*sandboxes),
      ElementsAre(StartsWith("iot http://"), StartsWith("iot.eu http://"),
                  StartsWith("iot.in http://"), StartsWith("iot.sa http://"),
                  StartsWith("iot.au http://"), StartsWith("google http://")));
}

TEST(LaunchTest, SwitchesHoldForEachPersona) {
  LaunchOptions options;
  options.personas = {"cliq", "iot"};
  options.switches = {"nonsense=1"};
  EXPECT_EQ(Launch(options).status().code(), absl::StatusCode::kNotFound);
}

TEST(LaunchTest, APersonaThatDoesNotExistIsRefused) {
  LaunchOptions options;
  options.personas = {"cliq", "clique"};
  EXPECT_EQ(Launch(options).status().code(), absl::StatusCode::kNotFound);
}

TEST(LaunchTest, WhatIsNoAddressIsRefused) {
  LaunchOptions options;
  for (const char* listen : {"127.0.0.1", "127.0.0.1:x", "127.0.0.1:65536"}) {
    options.listen = listen;
    EXPECT_EQ(Launch(options).status().code(),
              absl::StatusCode::kInvalidArgument)
        << listen;
  }
}

}  // namespace
}  // namespace bursar::sandbox
