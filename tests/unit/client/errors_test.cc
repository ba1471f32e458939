#include "client/errors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "client/status.h"
#include "google/rpc/error_details.pb.h"
#include "tests/unit/client/scripted_broker.h"

namespace bursar::client {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(ErrorsTest, ReadsReasonMetadataAndDelay) {
  const absl::Status status =
      ToStatus(Refusal(grpc::StatusCode::OUT_OF_RANGE, v1::MIN_TTL_UNATTAINABLE,
                       {{"lifetime", "3600s"}}, absl::Seconds(5)));
  EXPECT_EQ(status.code(), absl::StatusCode::kOutOfRange);
  EXPECT_EQ(status.message(), "refused by the script");
  EXPECT_EQ(ErrorReason(status), "MIN_TTL_UNATTAINABLE");
  EXPECT_EQ(ErrorMetadata(status, "lifetime"), "3600s");
  EXPECT_EQ(ErrorMetadata(status, "other"), "");
  EXPECT_EQ(RetryDelay(status), absl::Seconds(5));
}

TEST(ErrorsTest, AStatusWithoutDetailsHasNoReason) {
  const absl::Status status =
      ToStatus({grpc::StatusCode::UNAVAILABLE, "no connection"});
  EXPECT_EQ(ErrorReason(status), "");
  EXPECT_EQ(RetryDelay(status), std::nullopt);
  EXPECT_FALSE(ConsentRequiredOf(status).has_value());
}

TEST(ErrorsTest, DetailsThatAreNoneAreIgnored) {
  const absl::Status status =
      ToStatus({grpc::StatusCode::INTERNAL, "odd", "\x01\x02 not protobuf"});
  EXPECT_EQ(status.code(), absl::StatusCode::kInternal);
  EXPECT_EQ(ErrorReason(status), "");
}

TEST(ErrorsTest, AReasonOfAnotherDomainIsNotTheBrokers) {
  absl::Status status = absl::FailedPreconditionError("");
  google::rpc::ErrorInfo info;
  info.set_domain("elsewhere");
  info.set_reason("CONSENT_REQUIRED");
  AttachPayload(status, info);
  EXPECT_EQ(ErrorReason(status), "");
}

TEST(ErrorsTest, NamesTheFieldsThatWereRefused) {
  absl::Status status = absl::InvalidArgumentError("");
  google::rpc::BadRequest request;
  auto* violation = request.add_field_violations();
  violation->set_field("user");
  violation->set_description("must not be empty");
  AttachPayload(status, request);
  EXPECT_THAT(FieldViolations(status),
              testing::ElementsAre(testing::Pair("user", "must not be empty")));
}

TEST(ErrorsTest, ADescriptionHoldsNoConsentUrl) {
  absl::Status status = ToStatus(
      Refusal(grpc::StatusCode::FAILED_PRECONDITION, v1::CONSENT_REQUIRED, {}));
  v1::BeginConsentResponse begun;
  begun.set_authorization_url("https://provider.example/auth?state=xyzzy");
  AttachPayload(status, begun);
  EXPECT_THAT(Describe(status), HasSubstr("CONSENT_REQUIRED"));
  EXPECT_THAT(Describe(status), Not(HasSubstr("xyzzy")));
}

}  // namespace
}  // namespace bursar::client
