#include "tests/journey/bad_input/bad_input.h"

#include <cstdint>

namespace bursar::journey {
namespace {

void ExpectRefusedAsSaid(const Outcome& outcome, const Case& one) {
  EXPECT_EQ(outcome.code, one.code) << outcome;
  EXPECT_EQ(outcome.domain, "bursar");
  if (one.code == grpc::StatusCode::INVALID_ARGUMENT) {
    EXPECT_EQ(outcome.reason, "FIELD_INVALID");
    EXPECT_EQ(outcome.fields, std::vector<std::string>{one.about});
  } else {
    EXPECT_EQ(outcome.reason, "RESOURCE_NOT_FOUND");
    ASSERT_EQ(outcome.metadata.count("resource"), 1);
    EXPECT_EQ(outcome.metadata.at("resource"), one.about);
  }
}

}  // namespace

void BadInput::SetUp() {
  StartStack();
  Consent(kAnn);
}

void BadInput::ExpectRefused(const std::vector<Case>& cases) {
  const std::string before = Everything();
  const int64_t redeemed = sandbox().Calls("token.code");
  for (const Case& one : cases) {
    SCOPED_TRACE(one.name);
    ExpectRefusedAsSaid(one.call(api()), one);
  }
  EXPECT_TRUE(Everything() == before);
  EXPECT_EQ(sandbox().Calls("token.code"), redeemed);
  EXPECT_EQ(sandbox().Calls("token.refresh"), 0);
}

std::string BadInput::Everything() {
  std::string all;
  all += api().ListClients({}).value.SerializeAsString();
  all += api().ListGrants({}).value.SerializeAsString();
  all += api().ListUsage({}).value.SerializeAsString();
  all += api().ListEvents({}).value.SerializeAsString();
  all += api().ListApiKeys({}).value.SerializeAsString();
  all += api().ListPendingRevocations({}).value.SerializeAsString();
  for (const v1::Grant& grant : GrantsOf(kAnn)) {
    for (const v1::RefreshToken& token : RefreshTokensOf(grant.id())) {
      all += token.SerializeAsString();
    }
  }
  return all;
}

}  // namespace bursar::journey
