#include "server/rpc/status.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bursar/v1/errors.pb.h"
#include "server/core/reason.h"
#include "tests/unit/rpc/error_of.h"

namespace bursar {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST(StatusTest, EveryReasonOnTheWireIsTheCoresAndTheOtherWayRound) {
  const auto& wire = *v1::ErrorReason_descriptor();
  for (int i = 0; i < wire.value_count(); ++i) {
    const auto& value = *wire.value(i);
    if (value.number() == 0) continue;
    EXPECT_TRUE(ReasonNamed(value.name())) << value.name();
  }
  for (int reason = 0; reason <= static_cast<int>(Reason::kShuttingDown);
       ++reason) {
    const std::string name(ReasonName(static_cast<Reason>(reason)));
    EXPECT_NE(wire.FindValueByName(name), nullptr) << name;
  }
  EXPECT_EQ(wire.value_count(), static_cast<int>(Reason::kShuttingDown) + 2);
}

TEST(StatusTest, ARefusalCarriesItsCodeReasonDomainAndMetadata) {
  const RpcError error =
      ErrorOf(ToGrpc(ConsentRequired("NO_GRANT", "ask the user")));
  EXPECT_EQ(error.code, grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(error.reason, "CONSENT_REQUIRED");
  EXPECT_EQ(error.domain, "bursar");
  EXPECT_EQ(error.metadata.at("why"), "NO_GRANT");
  EXPECT_FALSE(error.retry_after);
  EXPECT_THAT(error.field, IsEmpty());
}

TEST(StatusTest, ARefusalWorthRepeatingSaysWhen) {
  const RpcError error = ErrorOf(ToGrpc(ToStatus({Reason::kProviderThrottled,
                                                  "wait",
                                                  absl::Milliseconds(90'500),
                                                  {},
                                                  {}})));
  EXPECT_EQ(error.code, grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(error.retry_after, absl::Milliseconds(90'500));
}

TEST(StatusTest, ADelayThatHasPassedIsNone) {
  const RpcError error = ErrorOf(ToGrpc(ToStatus(
      {Reason::kProviderThrottled, "wait", absl::Seconds(-3), {}, {}})));
  EXPECT_EQ(error.retry_after, absl::ZeroDuration());
}

TEST(StatusTest, AnInvalidFieldIsNamed) {
  const RpcError error = ErrorOf(ToGrpc(FieldInvalid("scopes[2]", "is bad")));
  EXPECT_EQ(error.code, grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(error.field, "scopes[2]");
}

TEST(StatusTest, AStatusWithoutReasonSaysNothingOfWhatIsInside) {
  const grpc::Status status =
      ToGrpc(absl::NotFoundError("row 17 of table grants"));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INTERNAL);
  EXPECT_THAT(status.error_message(), Not(HasSubstr("row 17")));
  EXPECT_THAT(status.error_details(), IsEmpty());
}

TEST(StatusTest, WhyAStateIsUnusableIsNotTold) {
  const grpc::Status status = ToGrpc(ToStatus({Reason::kStateUnusable,
                                               "somebody else's",
                                               {},
                                               {},
                                               {{"why", "ANOTHERS"}}}));
  EXPECT_THAT(ErrorOf(status).metadata, IsEmpty());
  EXPECT_THAT(status.error_message(), Not(HasSubstr("somebody")));
  EXPECT_THAT(status.error_details(), Not(HasSubstr("somebody")));
}

TEST(StatusTest, OkStaysOk) { EXPECT_TRUE(ToGrpc(absl::OkStatus()).ok()); }

}  // namespace
}  // namespace bursar
