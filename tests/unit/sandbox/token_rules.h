// What the tests of the token rules share.

#ifndef BURSAR_TESTS_UNIT_SANDBOX_TOKEN_RULES_H_
#define BURSAR_TESTS_UNIT_SANDBOX_TOKEN_RULES_H_

#include <gtest/gtest.h>

#include <string>
#include <variant>

#include "sandbox/personas.h"
#include "sandbox/tokens.h"
#include "server/base/random.h"

namespace bursar::sandbox {

class TokenRules : public testing::Test {
 protected:
  static constexpr absl::Time kStart = absl::UnixEpoch();

  Outcome<Tokens::Minted> TryConsent(const Owner& owner, absl::Time now) {
    return tokens_.FromConsent(persona_, owner, scopes_, true, issuer_, now);
  }

  /// A refresh token, past the window for their number.
  std::string Consent(const Owner& owner, absl::Time now = kStart) {
    Persona unhurried = persona_;
    unhurried.refresh_tokens_per_window = 0;
    return *std::get<Tokens::Minted>(tokens_.FromConsent(unhurried, owner,
                                                         scopes_, true, issuer_,
                                                         now))
                .refresh_token;
  }

  Outcome<Tokens::Minted> Redeem(const std::string& refresh_token,
                                 absl::Time now = kStart,
                                 const Scopes& narrower = {}) {
    return tokens_.Redeem(persona_, refresh_token, ann_.client_id, narrower,
                          issuer_, now);
  }

  bool Works(const std::string& refresh_token, absl::Time now = kStart) {
    return std::holds_alternative<Tokens::Minted>(Redeem(refresh_token, now));
  }

  Refusal WhyNot(const std::string& refresh_token, absl::Time now = kStart) {
    return std::get<Refusal>(Redeem(refresh_token, now));
  }

  /// A new access token's value.
  std::string Refresh(const std::string& refresh_token,
                      absl::Time now = kStart) {
    return std::get<Tokens::Minted>(Redeem(refresh_token, now))
        .access_token.value;
  }

  bool Opens(const std::string& access_token, absl::Time now = kStart) {
    return std::holds_alternative<AccessToken>(
        tokens_.Use(persona_, access_token, now));
  }

  const Owner ann_{"ann", "client"};
  const Owner bob_{"bob", "client"};
  const Scopes scopes_ = {"ZohoCliq.Channels.ALL"};
  Persona persona_ = CliqPersona();
  SystemRandom random_;
  Issuer issuer_{random_};
  Tokens tokens_;
};

}  // namespace bursar::sandbox

#endif  // BURSAR_TESTS_UNIT_SANDBOX_TOKEN_RULES_H_
