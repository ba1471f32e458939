// What Grants refuses.

#include <string>
#include <vector>

#include "tests/journey/bad_input/bad_input.h"

namespace bursar::journey {
namespace {

std::vector<Case> BeginConsentCases() {
  using Begin = v1::BeginConsentRequest;
  Begin begin;
  begin.set_user(kAnn);
  begin.set_client(kClient);
  begin.add_scopes(kRead);
  return CasesOf("BeginConsent", begin, &Api::BeginConsent)
      .Invalid("EmptyUser", "user", [](Begin& r) { r.clear_user(); })
      .Invalid("EmptyClient", "client", [](Begin& r) { r.clear_client(); })
      .Unknown("UnknownClient", "client",
               [](Begin& r) { r.set_client("nobody"); })
      .Invalid("NoScopesAnywhere", "scopes", [](Begin& r) { r.clear_scopes(); })
      .cases();
}

std::vector<Case> CompleteConsentCases() {
  using Complete = v1::CompleteConsentRequest;
  Complete complete;
  complete.set_user(kAnn);
  complete.set_state("a state");
  complete.set_code("a code");
  return CasesOf("CompleteConsent", complete, &Api::CompleteConsent)
      .Invalid("EmptyUser", "user", [](Complete& r) { r.clear_user(); })
      .Invalid("EmptyState", "state", [](Complete& r) { r.clear_state(); })
      .Invalid("EmptyCode", "code", [](Complete& r) { r.clear_code(); })
      .Invalid("OverlongCode", "code",
               [](Complete& r) { r.set_code(std::string(4097, 'c')); })
      .cases();
}

std::vector<Case> ImportGrantCases() {
  using Import = v1::ImportGrantRequest;
  Import import;
  import.set_user(kAnn);
  import.set_client(kClient);
  import.set_refresh_token("1000.never.issued");
  import.add_scopes(kRead);
  return CasesOf("ImportGrant", import, &Api::ImportGrant)
      .Invalid("EmptyUser", "user", [](Import& r) { r.clear_user(); })
      .Unknown("UnknownClient", "client",
               [](Import& r) { r.set_client("nobody"); })
      .Invalid("EmptyToken", "refresh_token",
               [](Import& r) { r.clear_refresh_token(); })
      .Invalid("OverlongToken", "refresh_token",
               [](Import& r) { r.set_refresh_token(std::string(4097, 't')); })
      .Invalid("NoScopes", "scopes", [](Import& r) { r.clear_scopes(); })
      .Invalid("UnknownDataCenter", "data_center",
               [](Import& r) { r.set_data_center("mars"); })
      .cases();
}

std::vector<Case> GetGrantCases() {
  using Get = v1::GetGrantRequest;
  return CasesOf("GetGrant", Get(), &Api::GetGrant)
      .Invalid("EmptyId", "id", [](Get&) {})
      .Invalid("IdNotUtf8", "id", [](Get& r) { r.set_id(kNotUtf8); })
      .Unknown("UnknownId", "grant", [](Get& r) { r.set_id(kUnknownGrant); })
      .cases();
}

std::vector<Case> ListRefreshTokensCases() {
  v1::ListRefreshTokensRequest tokens;
  tokens.set_grant(kUnknownGrant);
  using Tokens = v1::ListRefreshTokensRequest;
  return CasesOf("ListRefreshTokens", tokens, &Api::ListRefreshTokens)
      .Invalid("EmptyGrant", "grant", [](Tokens& r) { r.clear_grant(); })
      .Unknown("UnknownGrant", "grant", [](Tokens&) {})
      .cases();
}

std::vector<Case> ListGrantsCases() {
  using Grants = v1::ListGrantsRequest;
  return CasesOf("ListGrants", Grants(), &Api::ListGrants)
      .Invalid("UserNotUtf8", "user", [](Grants& r) { r.set_user(kNotUtf8); })
      .Invalid("UnknownState", "state",
               [](Grants& r) { r.set_state(static_cast<v1::Grant::State>(9)); })
      .cases();
}

TEST_F(BadInput, ToGrantsIsRefusedByNameAndChangesNothing) {
  ExpectRefused(BeginConsentCases());
  ExpectRefused(CompleteConsentCases());
  ExpectRefused(ImportGrantCases());
  ExpectRefused(GetGrantCases());
  ExpectRefused(ListRefreshTokensCases());
  ExpectRefused(ListGrantsCases());
}

}  // namespace
}  // namespace bursar::journey
