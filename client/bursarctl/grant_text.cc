#include "client/bursarctl/grant_text.h"

#include "absl/strings/str_cat.h"
#include "client/bursarctl/text.h"

namespace bursar::client {
namespace {

std::string RenewalText(v1::Grant::Renewal renewal) {
  switch (renewal) {
    case v1::Grant::REFRESH_TOKEN:
      return "its refresh token";
    case v1::Grant::CLIENT_CREDENTIALS:
      return "the client's own credentials";
    case v1::Grant::NONE:
      return "nothing: it ends with its access token";
    default:  // Of a newer server.
      return v1::Grant::Renewal_Name(renewal);
  }
}

}  // namespace

std::string GrantStateText(const v1::Grant& grant) {
  const std::string state = v1::Grant::State_Name(grant.state());
  if (grant.presumed_evicted()) return absl::StrCat(state, " (EVICTED?)");
  if (grant.dead_reason() == v1::Grant::DEAD_REASON_UNSPECIFIED) return state;
  return absl::StrCat(state, " (",
                      v1::Grant::DeadReason_Name(grant.dead_reason()), ")");
}

Table GrantDetails(const v1::Grant& grant, absl::Time now) {
  Table table = Table::OfFields();
  table.Add({"Id", grant.id()});
  table.Add({"User", grant.user()});
  table.Add({"Client", grant.client()});
  table.Add({"Provider", grant.provider()});
  table.Add({"Data centre", grant.data_center()});
  table.Add({"Scopes", ListText(grant.scopes())});
  if (!grant.organization().empty()) {
    table.Add({"Organization", grant.organization()});
  }
  table.Add({"State", GrantStateText(grant)});
  table.Add({"Renewed by", RenewalText(grant.renewal())});
  table.Add({"Generation", absl::StrCat(grant.generation())});
  table.Add({"Token expires", TimeText(grant.has_access_token_expire_time(),
                                       grant.access_token_expire_time(), now)});
  table.Add(
      {"Created", TimeText(grant.has_create_time(), grant.create_time(), now)});
  table.Add(
      {"Updated", TimeText(grant.has_update_time(), grant.update_time(), now)});
  if (grant.has_retry_time()) {
    table.Add({"Paused until", TimeText(true, grant.retry_time(), now)});
  }
  if (!grant.superseded_by().empty()) {
    table.Add({"Superseded by", grant.superseded_by()});
  }
  return table;
}

}  // namespace bursar::client
