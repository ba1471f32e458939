// What Audit refuses.

#include <string>
#include <vector>

#include "tests/journey/bad_input/bad_input.h"

namespace bursar::journey {
namespace {

std::vector<Case> ListDeliveriesCases() {
  using Deliveries = v1::ListDeliveriesRequest;
  return CasesOf("ListDeliveries", Deliveries(), &Api::ListDeliveries)
      .Invalid("OverlongCaller", "caller",
               [](Deliveries& r) { r.set_caller(std::string(2049, 'c')); })
      .Invalid("CallerWithControls", "caller",
               [](Deliveries& r) { r.set_caller("dns:a\nb"); })
      .Invalid("CallerNotUtf8", "caller",
               [](Deliveries& r) { r.set_caller(kNotUtf8); })
      .Invalid("OverlongGrant", "grant",
               [](Deliveries& r) { r.set_grant(std::string(129, 'g')); })
      .Invalid("GrantWithControls", "grant",
               [](Deliveries& r) { r.set_grant("a\nb"); })
      .Invalid("GrantNotUtf8", "grant",
               [](Deliveries& r) { r.set_grant(kNotUtf8); })
      .cases();
}

TEST_F(BadInput, ToAuditIsRefusedByNameAndChangesNothing) {
  ExpectRefused(ListDeliveriesCases());
}

}  // namespace
}  // namespace bursar::journey
