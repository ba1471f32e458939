// The provider: npm's oidc-provider, run by server.mjs on a free loopback port
// with one client. Not thread-safe but for what is const.

#ifndef BURSAR_TESTS_INTEROP_OIDC_PROVIDER_H_
#define BURSAR_TESTS_INTEROP_OIDC_PROVIDER_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tests/fakes/temporary_folder.h"
#include "tests/journey/harness/process.h"
#include "tests/journey/harness/sandbox.h"

namespace bursar::journey {

class OidcProvider {
 public:
  using Parameters = std::map<std::string, std::string>;

  /// Starts it with a client whose redirects go to `redirect_uri`. False: it
  /// did not become ready; Errors() says why.
  bool Start(const std::string& redirect_uri);
  std::string Errors() const { return process_->Errors(); }

  /// As the client is registered there.
  const RegisteredClient& client() const { return client_; }

  /// What it calls itself, and where it is.
  const std::string& issuer() const { return issuer_; }

  /// What its token endpoint says to the client that asks past the broker: "ok"
  /// or the error's name.
  std::string AskForTokens(const Parameters& parameters) const;
  std::string Redeem(const std::string& refresh_token) const;

  /// The HTTP status that its API answers whoever comes with an access token.
  int CallUserinfo(const std::string& authorization) const;

  /// Every refresh token that it issued, oldest first.
  std::vector<std::string> RefreshTokens() const;

  /// How often that happened there, as oidc-provider names its events.
  int64_t Count(const std::string& event) const;

 private:
  const TemporaryFolder folder_;
  RegisteredClient client_;
  std::unique_ptr<Process> process_;
  std::string issuer_;
};

}  // namespace bursar::journey

#endif  // BURSAR_TESTS_INTEROP_OIDC_PROVIDER_H_
