// What most tests begin with: a provider, a broker in front of it, an OAuth
// client known to both, and a browser for whoever must consent.

#ifndef BURSAR_TESTS_JOURNEY_HARNESS_JOURNEY_H_
#define BURSAR_TESTS_JOURNEY_HARNESS_JOURNEY_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tests/journey/harness/api.h"
#include "tests/journey/harness/broker.h"
#include "tests/journey/harness/browser.h"
#include "tests/journey/harness/sandbox.h"

namespace bursar::journey {

inline constexpr char kClient[] = "channel-reader";
inline constexpr char kAnn[] = "ann@example.com";
inline constexpr char kBob[] = "bob@example.com";
inline constexpr char kRead[] = "ZohoCliq.Channels.READ";
inline constexpr char kAll[] = "ZohoCliq.Channels.ALL";
inline constexpr char kChats[] = "ZohoCliq.Chats.READ";

class Journey : public ::testing::Test {
 protected:
  using Scopes = std::vector<std::string>;

  /// Starts the provider and the broker and registers the client with both.
  /// `broker_options.accounts_server` and `.ca_file` are filled in.
  void StartStack(const SandboxOptions& sandbox_options = Unlimited(),
                  BrokerOptions broker_options = {});

  /// Registers a client of that type, without redirect URI, with both.
  RegisteredClient AddClient(const std::string& name, const std::string& type);

  /// The parts of StartStack for a test that has another provider: makes a
  /// broker and a browser, and starts nothing.
  void MakeBroker(BrokerOptions options);
  /// Tells the broker that runs of a client, as `provider` registered it.
  void CreateClient(const std::string& name, const std::string& provider,
                    const RegisteredClient& registered);

  /// Puts the provider's clock forward, and the broker's, which must have
  /// movable_clock.
  void MoveClocks(absl::Duration by);

  /// Ends both before the test does.
  void StopStack();

  /// Opens the URL of a consent; the page to accept on.
  Page OpenConsent(const std::string& url);
  /// Chooses an organisation if that is what the page asks for.
  Page PastOrganizations(const Page& page);

  /// Has the user accept through the provider's pages; the new grant.
  v1::Grant Consent(const std::string& user, const Scopes& scopes = {kRead});

  /// As Consent, and the grant's first access token lives for one second, which
  /// is over on return.
  v1::Grant ConsentExpired(const std::string& user,
                           const Scopes& scopes = {kRead});

  Api::TokenReply GetToken(const std::string& user, const Scopes& scopes = {});
  Api::TokenReply Refresh(const v1::AccessToken& failed,
                          const std::string& user);
  v1::Grant Grant(const std::string& id);
  std::vector<v1::Grant> GrantsOf(const std::string& user);
  std::vector<v1::RefreshToken> RefreshTokensOf(const std::string& grant);
  std::vector<v1::Event> Events(const std::string& grant = "");
  /// How many events of that kind there are about the grant.
  int64_t CountEvents(const std::string& kind, const std::string& grant = "");
  /// Presses the button and goes as far as the redirect to the broker, not
  /// further; its URL.
  std::string RedirectOf(const std::string& url, const std::string& user,
                         const std::string& button = "Accept");
  /// Begins a consent; the URL for the browser.
  std::string BeginConsent(const std::string& user, const Scopes& scopes);

  Sandbox& sandbox() { return *sandbox_; }
  Broker& broker() { return *broker_; }
  Api& api() { return broker_->api(); }
  Browser& browser() { return *browser_; }
  /// As the provider registered the client.
  const RegisteredClient& registered() const { return registered_; }

 private:
  std::unique_ptr<Sandbox> sandbox_;
  std::unique_ptr<Broker> broker_;
  std::unique_ptr<Browser> browser_;
  RegisteredClient registered_;
};

/// A request for a token of the default client.
v1::GetTokenRequest TokenRequest(const std::string& user,
                                 const std::vector<std::string>& scopes = {});

/// A request to replace a token that failed.
v1::RefreshRequest RefreshOf(const v1::AccessToken& failed,
                             const std::string& user);

absl::Time ToTime(const google::protobuf::Timestamp& time);

}  // namespace bursar::journey

#endif  // BURSAR_TESTS_JOURNEY_HARNESS_JOURNEY_H_
