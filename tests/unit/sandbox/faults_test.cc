#include "sandbox/faults.h"

#include <gtest/gtest.h>

#include "sandbox/fault_json.h"

namespace bursar::sandbox {
namespace {

Fault Of(std::string call, int64_t times, FaultKind kind) {
  Fault fault;
  fault.call = std::move(call);
  fault.times = times;
  fault.kind = kind;
  return fault;
}

TEST(FaultsTest, StrikeTheirCallAsOftenAsTold) {
  Faults faults;
  faults.Add(Of("token.refresh", 2, FaultKind::kReset));
  EXPECT_FALSE(faults.Take("token.code").has_value());
  EXPECT_TRUE(faults.Take("token.refresh").has_value());
  EXPECT_TRUE(faults.Take("token.refresh").has_value());
  EXPECT_FALSE(faults.Take("token.refresh").has_value());
}

TEST(FaultsTest, QueueUp) {
  Faults faults;
  faults.Add(Of("api", 1, FaultKind::kReset));
  faults.Add(Of("api", 1, FaultKind::kStall));
  EXPECT_EQ(faults.Take("api")->kind, FaultKind::kReset);
  EXPECT_EQ(faults.Take("api")->kind, FaultKind::kStall);
}

TEST(FaultsTest, TokenAnyMeansEveryTokenCall) {
  Faults faults;
  faults.Add(Of("token.any", 2, FaultKind::kReset));
  EXPECT_FALSE(faults.Take("revoke").has_value());
  EXPECT_TRUE(faults.Take("token.code").has_value());
  EXPECT_TRUE(faults.Take("token.device").has_value());
}

TEST(FaultsTest, AreGoneOnceCleared) {
  Faults faults;
  faults.Add(Of("any", 1, FaultKind::kReset));
  faults.Clear();
  EXPECT_FALSE(faults.Take("api").has_value());
}

TEST(FaultJsonTest, ReadsEveryField) {
  const auto fault = FaultFromJson({{"call", "api"},
                                    {"times", 3},
                                    {"kind", "status"},
                                    {"status", 503},
                                    {"headers", {{"Retry-After", "7"}}},
                                    {"body", {{"a", 1}}},
                                    {"delay_ms", 5},
                                    {"after_processing", true}});
  ASSERT_TRUE(fault.ok());
  EXPECT_EQ(fault->call, "api");
  EXPECT_EQ(fault->times, 3);
  EXPECT_EQ(fault->kind, FaultKind::kAnswer);
  EXPECT_EQ(fault->status, 503);
  EXPECT_EQ(fault->headers.at("Retry-After"), "7");
  EXPECT_EQ(fault->body, "{\"a\":1}");
  EXPECT_EQ(fault->delay, absl::Milliseconds(5));
  EXPECT_TRUE(fault->after_processing);
}

TEST(FaultJsonTest, RefusesWhatItDoesNotKnow) {
  EXPECT_FALSE(FaultFromJson({{"kind", "explode"}}).ok());
  EXPECT_FALSE(FaultFromJson({{"kind", "reset"}, {"tims", 2}}).ok());
  EXPECT_FALSE(FaultFromJson({{"kind", "reset"}, {"times", 0}}).ok());
}

}  // namespace
}  // namespace bursar::sandbox
