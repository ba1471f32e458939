// Withholds tokens that can do more than their caller may: where a provider
// does not narrow, a token carries all that the user consented to, whatever
// scopes were asked for. Thread-safe. Dependencies are borrowed and must
// outlive it.

#ifndef BURSAR_SERVER_CORE_WITHHOLDING_SOURCE_H_
#define BURSAR_SERVER_CORE_WITHHOLDING_SOURCE_H_

#include "server/base/log_budget.h"
#include "server/core/own_users.h"
#include "server/core/policy_in_force.h"
#include "server/core/token_source.h"

namespace bursar {

class WithholdingSource final : public TokenSource {
 public:
  WithholdingSource(TokenSource& inner, const PolicyInForce& policy,
                    const OwnUsers& own_users)
      : inner_(inner), policy_(policy), own_users_(own_users) {}

  /// Refuses with PermissionDenied() where the request is bound and the policy,
  /// by now, does not allow every scope of the token.
  void Get(const TokenRequest& request, absl::Time now, Done done) override;

 private:
  void Log(const Actor& actor, const ClientName& client, const GrantId& grant,
           absl::Time now);
  bool MayHave(const Actor& actor, const TokenKey& key, bool is_refresh,
               const Scopes& scopes) const;

  TokenSource& inner_;
  const PolicyInForce& policy_;
  const OwnUsers& own_users_;
  LogBudget budget_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_WITHHOLDING_SOURCE_H_
