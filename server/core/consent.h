// How a grant comes to be: a user's consent, a code or refresh token that they
// had already, or the client's own credentials. Stateless but for what the
// ledger holds; thread-safe. Dependencies are borrowed and must outlive this
// object.

#ifndef BURSAR_SERVER_CORE_CONSENT_H_
#define BURSAR_SERVER_CORE_CONSENT_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "server/base/clock.h"
#include "server/base/random.h"
#include "server/core/grant_maker.h"
#include "server/core/journal.h"
#include "server/core/own_users.h"
#include "server/core/provider.h"
#include "server/core/redirect.h"
#include "server/core/revocation.h"
#include "server/core/token_cache.h"
#include "server/core/upstream.h"

namespace bursar {

class Consent {
 public:
  struct Options {
    /// How long a user may take.
    absl::Duration lifetime = absl::Minutes(10);
    /// The broker's own redirect URI, for clients that have none.
    std::string callback_uri;
  };

  struct BeginRequest {
    UserId user;
    ClientName client;
    /// Empty: the client's default scopes.
    Scopes scopes;
    Actor actor;
    /// Absent: the provider's.
    std::optional<AtCap> on_cap = {};
  };

  struct Begun {
    std::string authorization_url;
    Secret state;
    absl::Time expiry;
    /// The grants that the provider will end if the user consents.
    std::vector<GrantId> evicts;
    /// False: the grant will end with its first access token.
    bool renewable = true;
  };

  /// What a grant is asked for with where no browser is sent anywhere.
  struct DirectRequest {
    /// The name by which callers will ask for its tokens.
    UserId user;
    ClientName client;
    /// What it is for. Empty: the client's default scopes, but for an import,
    /// which names them.
    Scopes scopes;
    /// Where it is or will be. Empty: the client's.
    DataCenter data_center;
    Actor actor;
  };

  /// A code that the provider's console made for a self client: there is
  /// neither redirect URI nor state nor verifier.
  struct CodeRequest : DirectRequest {
    Secret code;
  };

  /// A token of the client's own: no user consents (RFC 6749 section 4.4).
  struct CredentialsRequest : DirectRequest {
    /// In whose name, as the provider writes it. Empty: nobody's.
    std::string organization;
  };

  /// A refresh token that was got elsewhere.
  struct ImportRequest : DirectRequest {
    Secret refresh_token;
  };

  using BegunDone = absl::AnyInvocable<void(absl::StatusOr<Begun>)>;
  using GrantDone = absl::AnyInvocable<void(absl::StatusOr<Grant>)>;
  /// Tells whose consent it was.
  using DeclinedDone = absl::AnyInvocable<void(absl::Status)>;

  Consent(Journal& journal, Upstream& upstream, const Providers& providers,
          Revocation& revocation, TokenCache& cache, OwnUsers& own_users,
          const Clock& clock, Random& random, Options options);

  /// Notes a consent and makes the URL for the user's browser. Refuses with
  /// kFieldInvalid (no scopes, neither here nor at the client),
  /// kResourceNotFound or kProviderLimitReached.
  void Begin(const BeginRequest& request, absl::Time now, BegunDone done);

  /// Takes the state, exchanges the code unless a token came, stores the grant,
  /// and supersedes the grants that the new one covers. Refuses with
  /// kStateUnusable (metadata "why" is UNKNOWN, USED, EXPIRED, ANOTHERS,
  /// ANOTHER_FLOW (a code where a token was asked for, or the reverse),
  /// FORGED_ACCOUNTS_SERVER or FORGED_ISSUER, for the web page; never sent over
  /// RPC), kCodeRefused,
  /// kNoRefreshToken, kClientMisconfigured, kProviderLimitReached (the state is
  /// not taken: the same redirect may come again), or what kept the provider
  /// from answering.
  void Complete(Redirect redirect, absl::Time now, GrantDone done);

  /// The provider came back with an error instead of a code (RFC 6749 section
  /// 4.1.2.1): takes the state so that it cannot be used again. Ends with what
  /// `error` means: kConsentDeclined, kProviderUnavailable,
  /// kClientMisconfigured; or with kStateUnusable.
  void Decline(Secret state, const std::string& error, Actor actor,
               absl::Time now, DeclinedDone done);

  /// Exchanges the code, stores the grant, and supersedes the grants that the
  /// new one covers. Refuses with kResourceNotFound, kFieldInvalid (an unknown
  /// data centre, no scopes), kCodeRefused, kNoRefreshToken,
  /// kClientMisconfigured, kProviderLimitReached, or what kept the provider
  /// from answering.
  void ExchangeCode(CodeRequest request, absl::Time now, GrantDone done);

  /// Asks for a token of the client's own, stores it as a grant, and supersedes
  /// the grants of the same organization that the new one covers. Refuses with
  /// kResourceNotFound, kFieldInvalid (an unknown data centre, no scopes, a
  /// provider that gives clients no such token, an organization where it takes
  /// none, none where it wants one), kClientMisconfigured, or what kept the
  /// provider from answering.
  void RequestClientCredentials(CredentialsRequest request, GrantDone done);

  /// Redeems the refresh token once, then stores it as a grant. Refuses with
  /// kResourceNotFound, kResourceExists, kCodeRefused, kFieldInvalid (an
  /// unknown data centre), kClientMisconfigured, or what kept the provider from
  /// answering.
  void Import(ImportRequest request, GrantDone done);

 private:
  /// Notes the consent, and fills in what is still unknown of `begun`.
  absl::Status Open(const BeginRequest& request, const Secret& verifier,
                    absl::Time now, Ledger& ledger, Begun& begun) const;
  absl::StatusOr<std::vector<GrantId>> CheckLimits(const BeginRequest& request,
                                                   const Provider& provider,
                                                   absl::Time now,
                                                   Ledger& ledger) const;
  absl::Status Take(const Redirect& redirect, absl::Time now, Ledger& ledger,
                    Exchange& exchange) const;
  void Redeem(const ExchangePtr& exchange, const Redirect& redirect,
              absl::Time now);
  void RedeemCode(const ExchangePtr& exchange, const Secret& code,
                  const Secret& state);
  /// An exchange that knows what was asked, and nothing else yet.
  static ExchangePtr StartExchange(DirectRequest request, GrantDone done);
  /// Finds what an exchange needs beside what was asked.
  absl::Status Prepare(Exchange& exchange, Ledger& ledger) const;
  absl::Status PrepareImport(Exchange& exchange, Ledger& ledger) const;

  Journal& journal_;
  Upstream& upstream_;
  const Providers& providers_;
  Random& random_;
  GrantMaker maker_;
  const Options options_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_CONSENT_H_
