// What Revocations refuses.

#include <string>
#include <vector>

#include "tests/journey/bad_input/bad_input.h"

namespace bursar::journey {
namespace {

std::vector<Case> ListPendingRevocationsCases() {
  using Pending = v1::ListPendingRevocationsRequest;
  return CasesOf("ListPendingRevocations", Pending(),
                 &Api::ListPendingRevocations)
      .Invalid("OverlongClient", "client",
               [](Pending& r) { r.set_client(std::string(64, 'c')); })
      .Invalid("ClientInCapitals", "client",
               [](Pending& r) { r.set_client("CRM"); })
      .Invalid("ClientNotUtf8", "client",
               [](Pending& r) { r.set_client(kNotUtf8); })
      .cases();
}

std::vector<Case> RetryRevocationsCases() {
  using Retry = v1::RetryRevocationsRequest;
  return CasesOf("RetryRevocations", Retry(), &Api::RetryRevocations)
      .Invalid("OverlongGrant", "grant",
               [](Retry& r) { r.set_grant(std::string(129, 'g')); })
      .Invalid("GrantWithControls", "grant",
               [](Retry& r) { r.set_grant("a\nb"); })
      .Invalid("GrantNotUtf8", "grant", [](Retry& r) { r.set_grant(kNotUtf8); })
      .Invalid("OverlongClient", "client",
               [](Retry& r) { r.set_client(std::string(64, 'c')); })
      .Invalid("ClientInCapitals", "client",
               [](Retry& r) { r.set_client("CRM"); })
      .cases();
}

TEST_F(BadInput, ToRevocationsIsRefusedByNameAndChangesNothing) {
  ExpectRefused(ListPendingRevocationsCases());
  ExpectRefused(RetryRevocationsCases());
}

}  // namespace
}  // namespace bursar::journey
