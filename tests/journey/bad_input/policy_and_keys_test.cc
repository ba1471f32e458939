// What Policy and Keys refuse.

#include <vector>

#include "tests/journey/bad_input/bad_input.h"

namespace bursar::journey {
namespace {

std::vector<Case> ExplainPolicyCases() {
  using Explain = v1::ExplainPolicyRequest;
  Explain right;
  right.set_subject("dns:shop.example");
  right.set_rpc("TokenBroker.GetToken");
  return CasesOf("ExplainPolicy", right, &Api::ExplainPolicy)
      .Invalid("NoSubject", "subject", [](Explain& r) { r.clear_subject(); })
      .Invalid("SubjectNotUtf8", "subject",
               [](Explain& r) { r.set_subject(kNotUtf8); })
      .Invalid("NoRpc", "rpc", [](Explain& r) { r.clear_rpc(); })
      .Invalid("UnknownRpc", "rpc",
               [](Explain& r) { r.set_rpc("TokenBroker.GetTokens"); })
      .Invalid("RpcAsAPath", "rpc",
               [](Explain& r) { r.set_rpc("/bursar.v1.TokenBroker/GetToken"); })
      .Invalid("RpcNotUtf8", "rpc", [](Explain& r) { r.set_rpc(kNotUtf8); })
      .Invalid("ClientNotUtf8", "client",
               [](Explain& r) { r.set_client(kNotUtf8); })
      .Invalid("UserNotUtf8", "user", [](Explain& r) { r.set_user(kNotUtf8); })
      .Invalid("ScopeNotUtf8", "scopes[1]",
               [](Explain& r) {
                 r.add_scopes(kRead);
                 r.add_scopes(kNotUtf8);
               })
      .cases();
}

std::vector<Case> GetKeyRotationCases() {
  using Rotation = v1::GetKeyRotationRequest;
  return CasesOf("GetKeyRotation", Rotation(), &Api::GetKeyRotation)
      .Unknown("NoneSinceTheStart", "key_rotation", [](Rotation&) {})
      .cases();
}

TEST_F(BadInput, ToPolicyAndKeysIsRefusedByNameAndChangesNothing) {
  ExpectRefused(ExplainPolicyCases());
  ExpectRefused(GetKeyRotationCases());
}

}  // namespace
}  // namespace bursar::journey
