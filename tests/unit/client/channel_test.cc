#include "client/channel.h"

#include <gtest/gtest.h>

#include "client/token_client.h"

namespace bursar::client {
namespace {

absl::StatusCode Open(ChannelOptions options) {
  return OpenChannel(options).status().code();
}

TEST(ChannelTest, KnowsWhatStaysOnThisMachine) {
  for (const char* target :
       {"unix:/run/b.sock", "unix-abstract:b", "localhost:1", "127.0.0.1:1",
        "127.8.9.1:1", "[::1]:1", "ipv4:127.0.0.1:1", "dns:///localhost:1"}) {
    EXPECT_TRUE(IsLocal(target)) << target;
  }
  for (const char* target :
       {"10.0.0.1:1", "127.0.0.1.example:1", "broker.example:1", "[::2]:1",
        "localhost.example:1", "dns:///broker:1"}) {
    EXPECT_FALSE(IsLocal(target)) << target;
  }
}

TEST(ChannelTest, RefusesClearTextToAnotherMachine) {
  EXPECT_EQ(Open({.target = "broker.example:1"}),
            absl::StatusCode::kInvalidArgument);
}

TEST(ChannelTest, SpeaksClearTextToAnotherMachineIfToldSo) {
  EXPECT_EQ(Open({.target = "broker.example:1", .allow_clear_text = true}),
            absl::StatusCode::kOk);
}

TEST(ChannelTest, NamesATlsFileThatCannotBeRead) {
  const auto channel =
      OpenChannel({.target = "broker.example:1",
                   .tls = TlsFiles{.certificate_authority = "/no/such/ca"}});
  EXPECT_EQ(channel.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_NE(channel.status().message().find("/no/such/ca"),
            absl::string_view::npos);
}

TEST(ChannelTest, WantsCertificateAndKeyTogether) {
  EXPECT_EQ(Open({.target = "broker.example:1",
                  .tls = TlsFiles{.certificate = "/dev/null"}}),
            absl::StatusCode::kInvalidArgument);
}

TEST(ChannelTest, WantsATarget) {
  EXPECT_EQ(Open({}), absl::StatusCode::kInvalidArgument);
}

TEST(TokenClientOptionsTest, RefusesAWindowThatTheProviderCouldNotFill) {
  TokenClientOptions options;
  options.broker.target = "unix:/run/b.sock";
  options.refresh_ahead = 0.6;
  EXPECT_EQ(TokenClient::Create(options).status().code(),
            absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace bursar::client
