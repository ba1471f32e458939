// What ApiKeys refuses.

#include <cstdint>
#include <string>
#include <vector>

#include "tests/journey/bad_input/bad_input.h"

namespace bursar::journey {
namespace {

std::vector<Case> CreateApiKeyCases() {
  using Create = v1::CreateApiKeyRequest;
  Create right;
  right.set_name("reports");
  const auto with_ttl = [](int64_t seconds, int32_t nanos) {
    return [=](Create& r) {
      r.mutable_ttl()->set_seconds(seconds);
      r.mutable_ttl()->set_nanos(nanos);
    };
  };
  return CasesOf("CreateApiKey", right, &Api::CreateApiKey)
      .Invalid("NoName", "name", [](Create& r) { r.clear_name(); })
      .Invalid("OverlongName", "name",
               [](Create& r) { r.set_name(std::string(64, 'n')); })
      .Invalid("NameInCapitals", "name",
               [](Create& r) { r.set_name("Reports"); })
      .Invalid("NameWithColon", "name", [](Create& r) { r.set_name("a:b"); })
      .Invalid("NameNotUtf8", "name", [](Create& r) { r.set_name(kNotUtf8); })
      .Invalid("TtlOfZero", "ttl", with_ttl(0, 0))
      .Invalid("NegativeTtl", "ttl", with_ttl(-60, 0))
      .Invalid("TtlOfLessThanAMinute", "ttl", with_ttl(59, 999'999'999))
      .Invalid("TtlOfMoreThanTwoYears", "ttl", with_ttl(731 * 86'400, 1))
      .Invalid("TtlBeyondAllTime", "ttl", with_ttl(INT64_MAX, 999'999'999))
      .Invalid("TtlOfTwoSigns", "ttl", with_ttl(120, -1))
      .Invalid("TtlOfManyNanos", "ttl", with_ttl(120, 1'000'000'000))
      .cases();
}

std::vector<Case> RevokeApiKeyCases() {
  using Revoke = v1::RevokeApiKeyRequest;
  return CasesOf("RevokeApiKey", Revoke(), &Api::RevokeApiKey)
      .Invalid("NoId", "id", [](Revoke&) {})
      .Invalid("OverlongId", "id",
               [](Revoke& r) { r.set_id(std::string(129, 'i')); })
      .Invalid("IdWithControls", "id", [](Revoke& r) { r.set_id("a\nb"); })
      .Invalid("IdNotUtf8", "id", [](Revoke& r) { r.set_id(kNotUtf8); })
      .Unknown("UnknownId", "api_key", [](Revoke& r) { r.set_id("nobody"); })
      .cases();
}

TEST_F(BadInput, ToApiKeysIsRefusedByNameAndChangesNothing) {
  ExpectRefused(CreateApiKeyCases());
  ExpectRefused(RevokeApiKeyCases());
}

}  // namespace
}  // namespace bursar::journey
