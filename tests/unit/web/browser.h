// A browser before the real server, core and ledger. For one test; not
// thread-safe.

#ifndef BURSAR_TESTS_UNIT_WEB_BROWSER_H_
#define BURSAR_TESTS_UNIT_WEB_BROWSER_H_

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "absl/time/time.h"
#include "httplib.h"
#include "server/base/random.h"
#include "server/core/consent.h"
#include "server/core/own_users.h"
#include "server/core/revocation.h"
#include "server/core/token_cache.h"
#include "server/web/web_server.h"
#include "tests/fakes/manual_clock.h"
#include "tests/fakes/manual_executor.h"
#include "tests/fakes/scripted_upstream.h"
#include "tests/fakes/temporary_ledger.h"

namespace bursar {

/// Of no use elsewhere; answers may not repeat it.
inline constexpr char kCode[] = "1000.c0dec0dec0de";

/// What a provider grants, for an hour from `now`.
RedeemResult Tokens(absl::Time now, bool with_refresh_token);

/// With clients "calendar", who gets codes, and "page", who gets tokens.
class WebServerTest : public ::testing::Test {
 protected:
  WebServerTest();
  ~WebServerTest() override;

  void Start(WebServer::Options options);

  /// A state that waits for its user.
  std::string BeginConsent(const std::string& client = "calendar");

  /// What the browser gets that follows the provider's redirect: the page's
  /// slug, after making sure that neither redirect nor page tells a secret.
  std::string Follow(const std::string& query, const std::string& state);

  /// The same for what our page hands on of a fragment.
  std::string HandOn(const std::string& fragment, const std::string& state);

  /// The same for a code that the provider answers so.
  std::string Complete(const std::string& state, RedeemResult answer);

  ManualClock clock;
  SystemRandom random;
  TemporaryLedger ledger{random, clock};
  ScriptedUpstream upstream;
  ManualExecutor executor;
  const Providers providers = OneProvider();
  TokenCache cache{100};
  OwnUsers own_users;
  Revocation revocation{ledger.journal(), upstream, cache, executor, clock};
  Consent consent{ledger.journal(),
                  upstream,
                  providers,
                  revocation,
                  cache,
                  own_users,
                  clock,
                  random,
                  {absl::Minutes(10), "https://b/callback"}};
  std::unique_ptr<WebServer> server;

 private:
  static Providers OneProvider();
  void CreateClient(const std::string& name, ResponseType response_type);
};

}  // namespace bursar

#endif  // BURSAR_TESTS_UNIT_WEB_BROWSER_H_
