#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "tests/fakes/eventually.h"
#include "tests/unit/sandbox/running_sandbox.h"

namespace bursar::sandbox {
namespace {

using nlohmann::json;

using ParallelTest = RunningSandbox;

TEST_F(ParallelTest, DelayedCallsWaitSideBySide) {
  const Client client = Register();
  const std::string token = RefreshToken(client);
  Switch("access_tokens_per_window", 0);
  Control("faults", {{"call", "token.refresh"},
                     {"kind", "delay"},
                     {"delay_ms", 300},
                     {"times", 32}});
  const absl::Time begin = absl::Now();
  std::vector<std::thread> callers;
  for (int i = 0; i < 32; ++i) {
    callers.emplace_back([&] {
      EXPECT_TRUE(Refresh(client, token).json().contains("access_token"));
    });
  }
  for (std::thread& caller : callers) caller.join();
  // One after the other they would take 9.6 seconds.
  EXPECT_LT(absl::Now() - begin, absl::Seconds(5));
}

TEST_F(ParallelTest, OneOfManyExchangesOfACodeWins) {
  const Client client = Register();
  const std::string code = ConsentCode(client);
  std::vector<std::thread> callers;
  for (int i = 0; i < 16; ++i) {
    callers.emplace_back([&] { Exchange(client, code); });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(Counters()["issued"]["refresh_tokens"], 1);
}

TEST_F(ParallelTest, TheSandboxEndsWhileCallsStall) {
  const Client client = Register();
  Control("faults", {{"call", "token.refresh"}, {"kind", "stall"}});
  std::thread caller([&] { EXPECT_EQ(Refresh(client, "any").status, 0); });
  EXPECT_TRUE(Eventually(
      [&] { return Counters()["calls"].value("token.refresh", 0) != 0; }));
  const absl::Time begin = absl::Now();
  sandbox_.reset();
  EXPECT_LT(absl::Now() - begin, absl::Seconds(5));
  caller.join();
}

}  // namespace
}  // namespace bursar::sandbox
