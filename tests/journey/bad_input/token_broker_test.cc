// What TokenBroker refuses.

#include <string>
#include <vector>

#include "tests/journey/bad_input/bad_input.h"

namespace bursar::journey {
namespace {

std::vector<Case> GetTokenCases() {
  using R = v1::GetTokenRequest;
  return CasesOf("GetToken", TokenRequest(kAnn), &Api::GetToken)
      .Invalid("EmptyUser", "user", [](R& r) { r.clear_user(); })
      .Invalid("OverlongUser", "user",
               [](R& r) { r.set_user(std::string(257, 'u')); })
      .Invalid("UserNotUtf8", "user", [](R& r) { r.set_user(kNotUtf8); })
      .Invalid("UserWithControls", "user", [](R& r) { r.set_user("a\nb"); })
      .Invalid("EmptyClient", "client", [](R& r) { r.clear_client(); })
      .Invalid("OverlongClient", "client",
               [](R& r) { r.set_client(std::string(64, 'c')); })
      .Invalid("ClientInCapitals", "client", [](R& r) { r.set_client("CRM"); })
      .Unknown("UnknownClient", "client",
               [](R& r) { r.set_client("no-such-client"); })
      .Invalid("EmptyScope", "scopes[0]", [](R& r) { r.add_scopes(""); })
      .Invalid("TwoScopesInOne", "scopes[0]", [](R& r) { r.add_scopes("a,b"); })
      .Invalid("TooManyScopes", "scopes",
               [](R& r) {
                 for (int i = 0; i < 101; ++i) {
                   r.add_scopes("s" + std::to_string(i));
                 }
               })
      .Invalid("NegativeMinTtl", "min_ttl",
               [](R& r) { r.mutable_min_ttl()->set_seconds(-1); })
      .Invalid("MinTtlOfTwoDays", "min_ttl",
               [](R& r) { r.mutable_min_ttl()->set_seconds(172800); })
      .Invalid("MinTtlOfTwoSigns", "min_ttl",
               [](R& r) {
                 r.mutable_min_ttl()->set_seconds(1);
                 r.mutable_min_ttl()->set_nanos(-1);
               })
      .cases();
}

std::vector<Case> RefreshCases() {
  using R = v1::RefreshRequest;
  R right;
  right.set_user(kAnn);
  right.set_client(kClient);
  right.set_grant(kUnknownGrant);
  right.set_failed_generation(1);
  return CasesOf("Refresh", right, &Api::Refresh)
      .Invalid("EmptyUser", "user", [](R& r) { r.clear_user(); })
      .Invalid("EmptyClient", "client", [](R& r) { r.clear_client(); })
      .Unknown("UnknownClient", "client",
               [](R& r) { r.set_client("no-such-client"); })
      .Invalid("NothingFailed", "failed", [](R& r) { r.clear_failed(); })
      .Invalid("GenerationOfZero", "failed_generation",
               [](R& r) { r.set_failed_generation(0); })
      .Invalid("NegativeGeneration", "failed_generation",
               [](R& r) { r.set_failed_generation(-1); })
      .Invalid("NoGrant", "grant", [](R& r) { r.clear_grant(); })
      .Unknown("UnknownGrant", "grant", [](R&) {})
      .Invalid("EmptyToken", "failed_access_token",
               [](R& r) { r.set_failed_access_token(""); })
      .Invalid("UnknownToken", "failed_access_token",
               [](R& r) { r.set_failed_access_token("1000.never.issued"); })
      .Invalid("NegativeMinTtl", "min_ttl",
               [](R& r) { r.mutable_min_ttl()->set_seconds(-1); })
      .cases();
}

std::vector<Case> RevokeCases() {
  using R = v1::RevokeRequest;
  return CasesOf("Revoke", R(), &Api::Revoke)
      .Invalid("NoTarget", "target", [](R&) {})
      .Invalid("EmptyGrant", "grant", [](R& r) { r.set_grant(""); })
      .Unknown("UnknownGrant", "grant",
               [](R& r) { r.set_grant(kUnknownGrant); })
      .Invalid("EmptyUser", "user", [](R& r) { r.set_user(""); })
      .Invalid("UserNotUtf8", "user", [](R& r) { r.set_user(kNotUtf8); })
      .Invalid("EmptyClient", "client", [](R& r) { r.set_client(""); })
      .Unknown("UnknownClient", "client",
               [](R& r) { r.set_client("no-such-client"); })
      .Invalid("PairWithoutUser", "user_and_client.user",
               [](R& r) { r.mutable_user_and_client()->set_client(kClient); })
      .Invalid("PairWithoutClient", "user_and_client.client",
               [](R& r) { r.mutable_user_and_client()->set_user(kAnn); })
      .Unknown("UnknownToken", "token",
               [](R& r) { r.set_token("1000.never.issued"); })
      .cases();
}

std::vector<Case> WatchRevocationsCases() {
  using Watch = v1::WatchRevocationsRequest;
  return CasesOf("WatchRevocations", Watch(), &Api::WatchRevocations)
      .Invalid("EmptyGrant", "grants[0]", [](Watch& r) { r.add_grants(""); })
      .Invalid("OverlongGrant", "grants[1]",
               [](Watch& r) {
                 r.add_grants(kUnknownGrant);
                 r.add_grants(std::string(129, 'g'));
               })
      .Invalid("GrantWithControls", "grants[0]",
               [](Watch& r) { r.add_grants("a\nb"); })
      .Invalid("GrantNotUtf8", "grants[0]",
               [](Watch& r) { r.add_grants(kNotUtf8); })
      .Invalid("TooManyGrants", "grants",
               [](Watch& r) {
                 for (int i = 0; i < 4001; ++i) r.add_grants(kUnknownGrant);
               })
      .cases();
}

TEST_F(BadInput, ToTokenBrokerIsRefusedByNameAndChangesNothing) {
  ExpectRefused(GetTokenCases());
  ExpectRefused(RefreshCases());
  ExpectRefused(RevokeCases());
  ExpectRefused(WatchRevocationsCases());
}

TEST_F(BadInput, BytesThatAreNoMessageAreRefused) {
  const Outcome outcome =
      api().SendBytes("/bursar.v1.TokenBroker/GetToken", "\x0a\xff\xff");
  EXPECT_EQ(outcome.code, grpc::StatusCode::INVALID_ARGUMENT) << outcome;
  EXPECT_EQ(outcome.reason, "FIELD_INVALID");
}

TEST_F(BadInput, MinTtlBeyondTheProvidersTokensIsOutOfRange) {
  v1::GetTokenRequest request = TokenRequest(kAnn);
  request.mutable_min_ttl()->set_seconds(7200);
  const auto refused = api().GetToken(request);
  EXPECT_EQ(refused.outcome.code, grpc::StatusCode::OUT_OF_RANGE);
  EXPECT_EQ(refused.outcome.reason, "MIN_TTL_UNATTAINABLE");
  EXPECT_EQ(refused.outcome.metadata.at("lifetime"), "3600s");
}

}  // namespace
}  // namespace bursar::journey
