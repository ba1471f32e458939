// Authorization requests on their way through the consent page, the codes that
// come out of it, and who has consented before. Pure; not thread-safe.

#ifndef BURSAR_SANDBOX_CONSENTS_H_
#define BURSAR_SANDBOX_CONSENTS_H_

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "sandbox/issuer.h"
#include "sandbox/outcome.h"
#include "sandbox/persona.h"
#include "sandbox/tokens.h"

namespace bursar::sandbox {

/// What a client asked for, found to be in order.
struct AuthorizationRequest {
  std::string client_id;
  std::string redirect_uri;
  std::optional<std::string> state;
  Scopes scopes;
  /// What the user has chosen, where a persona asks for that.
  std::string organization;
  /// Whom the page proposes; empty: the persona's first user.
  std::string login_hint;
  /// False: response_type=code. True: token, the implicit flow.
  bool implicit = false;
  bool offline = false;
  bool prompt_consent = false;
  /// RFC 7636; empty: none.
  std::string code_challenge;
  /// "S256" or "plain".
  std::string code_challenge_method;
  /// Set where a device waits for the answer instead of a redirect.
  std::string device_code;
};

/// What a code stands for.
struct Code {
  Owner owner;
  std::string redirect_uri;
  std::string state;
  Scopes scopes;
  bool with_refresh_token = false;
  std::string code_challenge;
  std::string code_challenge_method;
  absl::Time expires;
  bool used = false;
};

class Consents {
 public:
  /// Keeps `request` while its page is shown; the form token names it.
  std::string Show(AuthorizationRequest request, Issuer& issuer,
                   absl::Time now);

  /// Ends the page that has this form token; once, and within ten minutes.
  std::optional<AuthorizationRequest> Take(const std::string& form_token,
                                           absl::Time now);

  /// Whether an accepted `request` brings a refresh token: only for offline
  /// access, and then at the first consent, with prompt=consent, or each time
  /// if the persona says so. Remembers that `owner` has consented.
  bool Accept(const Persona& persona, const Owner& owner,
              const AuthorizationRequest& request);

  /// Forgets that `user` ever consented to anything.
  void Forget(absl::string_view user);

  /// A code for `code`, whose expiry is set here. kThrottled past the window's
  /// limit for its client.
  Outcome<std::string> MakeCode(const Persona& persona, Code code,
                                absl::Duration lifetime, Issuer& issuer,
                                absl::Time now);

  struct Proof {
    std::string client_id;
    std::string redirect_uri;
    std::string code_verifier;
  };

  /// What `value` stands for, if it is alive and everything fits.
  Outcome<Code> CheckCode(const std::string& value, const Proof& proof,
                          absl::Time now) const;

  /// A code works once.
  void MarkUsed(const std::string& value);

 private:
  struct Shown {
    AuthorizationRequest request;
    absl::Time until;
  };

  std::map<std::string, Shown> shown_;
  std::map<std::string, Code> codes_;
  std::set<Owner> consented_;
  std::map<std::string, Window> codes_per_client_;
};

}  // namespace bursar::sandbox

#endif  // BURSAR_SANDBOX_CONSENTS_H_
