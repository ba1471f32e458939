// The duties that concern grants which no refresh token renews, as part of the
// ledger's suite.

#ifndef BURSAR_TESTS_CONFORMANCE_RENEWAL_DUTIES_H_
#define BURSAR_TESTS_CONFORMANCE_RENEWAL_DUTIES_H_

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/conformance/ledger_suite.h"

namespace bursar {

class RenewalDuties : public LedgerSuite {
 protected:
  RenewalDuties() { AddClient("crm"); }

  /// Adds a grant of ada's with the access token "access-ID" alone; those of
  /// client credentials in the name of "service.1".
  absl::Status AddWithout(const std::string& id, GrantRenewal renewal) {
    NewGrant grant;
    grant.id = GrantId(id);
    grant.user = UserId("ada");
    grant.client = ClientName("crm");
    grant.data_center = DataCenter("eu");
    grant.scopes = Scopes({"a.READ"});
    grant.renewal = renewal;
    if (renewal == GrantRenewal::kClientCredentials) {
      grant.organization = "service.1";
    }
    grant.access_token = AnAccessToken(absl::StrCat("access-", id), now_);
    return Write([&](Ledger& l) { return l.grants().Add(grant, now_); });
  }

  absl::Status Expire(const std::string& id) {
    return Write([&](Ledger& l) {
      return l.endings().Expire(GrantId(id), DeadReason::kExpired, now_);
    });
  }
};

}  // namespace bursar

#endif  // BURSAR_TESTS_CONFORMANCE_RENEWAL_DUTIES_H_
