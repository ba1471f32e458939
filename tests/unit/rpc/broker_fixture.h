// A real RpcServer on a loopback port over the real core and a real ledger;
// what is scripted is the provider, and the clock is the test's.

#ifndef BURSAR_TESTS_UNIT_RPC_BROKER_FIXTURE_H_
#define BURSAR_TESTS_UNIT_RPC_BROKER_FIXTURE_H_

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "bursar/v1/api_keys.grpc.pb.h"
#include "bursar/v1/clients.grpc.pb.h"
#include "bursar/v1/events.grpc.pb.h"
#include "bursar/v1/grants.grpc.pb.h"
#include "bursar/v1/keys.grpc.pb.h"
#include "bursar/v1/revocations.grpc.pb.h"
#include "bursar/v1/token_broker.grpc.pb.h"
#include "grpcpp/channel.h"
#include "server/base/random.h"
#include "server/core/cached_source.h"
#include "server/core/consent.h"
#include "server/core/counted_source.h"
#include "server/core/deliveries.h"
#include "server/core/device_consents.h"
#include "server/core/grant_source.h"
#include "server/core/key_census.h"
#include "server/core/key_rotation.h"
#include "server/core/observed_journal.h"
#include "server/core/policy_in_force.h"
#include "server/core/refresh_bound_source.h"
#include "server/core/refresher.h"
#include "server/core/revocation.h"
#include "server/core/revocation_watch.h"
#include "server/core/token_cache.h"
#include "server/core/withholding_source.h"
#include "server/rpc/authenticator.h"
#include "server/rpc/server.h"
#include "tests/fakes/manual_clock.h"
#include "tests/fakes/manual_executor.h"
#include "tests/fakes/scripted_upstream.h"
#include "tests/fakes/still_keys.h"
#include "tests/fakes/temporary_ledger.h"
#include "tests/unit/rpc/error_of.h"

namespace bursar {

/// Provider "zoho" with data centres "us" and "eu" and caps; provider "plain"
/// with nothing special.
Providers TestProviders();

/// An answer of the provider's with an hour's token.
RedeemResult GrantedTokens(const std::string& access,
                           const std::string& refresh, absl::Time now);

/// A rule by which the subjects may do everything.
PolicyRule EverythingFor(const std::vector<std::string>& subjects);

/// A policy of these rules.
std::shared_ptr<const AccessPolicy> PolicyOf(std::vector<PolicyRule> rules,
                                             CallerLimit limit = {});

class BrokerFixture : public ::testing::Test {
 protected:
  BrokerFixture();
  ~BrokerFixture() override;

  static constexpr int64_t kMostInFlight = 10'000;

  /// What a server over all of this is started with.
  RpcServer::Dependencies Needs() {
    return NeedsWith(authenticator, kMostInFlight);
  }
  RpcServer::Dependencies NeedsWith(Authenticator& who, int64_t most_in_flight);

  /// A client "calendar" at zoho with a secret and a default scope.
  v1::Client CreateCalendar();
  /// Has `user` consent to the client "calendar"; the grant.
  v1::Grant ConsentOf(const std::string& user, const std::string& access,
                      const std::string& refresh);

  /// One call and its answer; the error, if it has one, is in `error`.
  template <typename Request, typename Response, typename Stub>
  Response Call(Stub& stub,
                grpc::Status (Stub::*method)(grpc::ClientContext*,
                                             const Request&, Response*),
                const Request& request) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() +
                         std::chrono::seconds(20));
    Response response;
    const grpc::Status status = (stub.*method)(&context, request, &response);
    error = ErrorOf(status);
    message = status.error_message();
    return response;
  }

  ManualClock clock;
  SystemRandom random;
  TemporaryLedger ledger{random, clock};
  ScriptedUpstream upstream;
  ManualExecutor executor;
  /// The fixture's own caller, and those of its tests, may do everything.
  PolicyInForce policy;
  OwnUsers own_users;
  CallerLimits caller_limits{1000};
  Deliveries deliveries{1000};
  RevocationWatch watch{ledger.journal(), deliveries, executor, clock};
  ObservedJournal journal{ledger.journal(), {&own_users, &watch}};
  const Providers providers = TestProviders();
  TokenCache cache{1000};
  Revocation revocation{journal, upstream, cache, executor, clock};
  Refresher refresher{journal, upstream, providers, revocation,
                      cache,   executor, clock,     "https://b/callback"};
  GrantSource grant_source{journal, refresher, providers};
  RefreshBoundSource bounded{grant_source, policy, caller_limits};
  CachedSource cached{cache, bounded};
  WithholdingSource withholding{cached, policy, own_users};
  CountedSource tokens{withholding, deliveries};
  Consent consent{
      journal,    upstream, providers,
      revocation, cache,    own_users,
      clock,      random,   {absl::Minutes(10), "https://b/callback"}};
  DeviceConsents device_consents{journal,    upstream, providers,
                                 revocation, cache,    own_users,
                                 executor,   clock,    random};
  StillKeys still_keys;
  KeyCensus key_census{journal, executor};
  KeyRotation key_rotation{journal, ledger.sealer(), executor, clock};
  ApiKeys api_keys{journal, random};
  CallerRefusals refusals;
  FilesInForce files_in_force;
  TransportAuthenticator authenticator{refusals};
  std::unique_ptr<RpcServer> server;
  std::shared_ptr<grpc::Channel> channel;
  std::unique_ptr<v1::TokenBroker::Stub> broker;
  std::unique_ptr<v1::Clients::Stub> clients;
  std::unique_ptr<v1::Grants::Stub> grants;
  std::unique_ptr<v1::Events::Stub> events;
  std::unique_ptr<v1::Keys::Stub> keys;
  std::unique_ptr<v1::ApiKeys::Stub> api_key_stub;
  std::unique_ptr<v1::Revocations::Stub> revocations;
  RpcError error;
  std::string message;
};

}  // namespace bursar

#endif  // BURSAR_TESTS_UNIT_RPC_BROKER_FIXTURE_H_
