#include "server/main/assemble.h"

#include <optional>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "server/base/files_in_force.h"
#include "server/base/random.h"
#include "server/core/cached_source.h"
#include "server/core/caller_limits.h"
#include "server/core/consent.h"
#include "server/core/counted_source.h"
#include "server/core/deliveries.h"
#include "server/core/delivery_folds.h"
#include "server/core/device_consents.h"
#include "server/core/grant_source.h"
#include "server/core/key_census.h"
#include "server/core/key_rotation.h"
#include "server/core/observed_journal.h"
#include "server/core/own_users.h"
#include "server/core/policy_in_force.h"
#include "server/core/provider.h"
#include "server/core/refresh_bound_source.h"
#include "server/core/refresher.h"
#include "server/core/retention.h"
#include "server/core/revocation.h"
#include "server/core/revocation_watch.h"
#include "server/core/token_cache.h"
#include "server/core/withholding_source.h"
#include "server/ledger/sqlite_journal.h"
#include "server/main/bearer.h"
#include "server/main/closable_executor.h"
#include "server/main/closable_upstream.h"
#include "server/main/policy_watch.h"
#include "server/main/shown_metrics.h"
#include "server/metrics/event_counters.h"
#include "server/metrics/metrics_server.h"
#include "server/rpc/bearer_authenticator.h"
#include "server/rpc/server.h"
#include "server/sealing/aead_sealer.h"
#include "server/sealing/ed25519_notary.h"
#include "server/sealing/keyring.h"
#include "server/sealing/live_keyring.h"
#include "server/sealing/pkcs11_wrapper.h"
#include "server/upstream/curl_transport.h"
#include "server/upstream/discovery.h"
#include "server/upstream/oauth_client.h"
#include "server/web/web_server.h"

namespace bursar {
namespace {

UpstreamLimits LimitsOf(const UpstreamSettings& settings) {
  return {settings.connect_timeout, settings.total_timeout,
          settings.idle_timeout,    settings.max_answer_bytes,
          settings.max_connections, settings.proxy,
          settings.ca_file};
}

// The token is logged out of again once the keys are here.
absl::StatusOr<Keyring> LoadKeyring(const SealingSettings& settings) {
  if (!settings.pkcs11) return Keyring::Load(settings.keyring_file);
  const Pkcs11Token& token = *settings.pkcs11;
  const auto wrapper = Pkcs11Wrapper::Open(
      {token.module, token.token_label, token.key_label, token.pin_file});
  if (!wrapper.ok()) return wrapper.status();
  return Keyring::Load(settings.keyring_file, wrapper->get());
}

LiveKeyring::Source KeysOf(const SealingSettings& settings) {
  return {{settings.keyring_file},
          [settings] { return LoadKeyring(settings); }};
}

absl::StatusOr<std::unique_ptr<AeadSealer>> MakeSealer(const Config& config) {
  absl::StatusOr<Keyring> keyring = LoadKeyring(config.sealing);
  if (!keyring.ok()) return keyring.status();
  return AeadSealer::Create(*std::move(keyring));
}

absl::StatusOr<std::unique_ptr<Journal>> OpenJournal(const Config& config,
                                                     const Overrides& overrides,
                                                     const Sealer& sealer,
                                                     Random& random,
                                                     absl::Time now) {
  static const Ed25519Notary notary;
  absl::StatusOr<std::unique_ptr<Journal>> journal =
      SqliteJournal::Open({config.ledger_path, sealer, random, notary}, now);
  if (!journal.ok() || !overrides.journal) return journal;
  return overrides.journal(*std::move(journal));
}

absl::StatusOr<std::unique_ptr<WebServer>> BindWeb(const Config& config) {
  if (!config.web) return nullptr;
  std::optional<WebTls> tls;
  if (config.web->tls) {
    tls = {config.web->tls->certificate_file, config.web->tls->key_file};
  }
  // A little longer than the provider may take.
  return WebServer::Bind({config.web->address, std::move(tls),
                          config.upstream.total_timeout + absl::Seconds(5)});
}

// The redirect URI of clients that have none of their own.
std::string CallbackUri(const Config& config, const WebServer* web) {
  if (web == nullptr) return "";
  absl::string_view base = config.web->public_url;
  if (base.empty()) base = web->url();
  return absl::StrCat(absl::StripSuffix(base, "/"), "/callback");
}

// Pairs of a caller and a grant; some 200 bytes each.
constexpr std::size_t kDeliveriesInMemory = 200'000;

// Each caller's counts; a few hundred bytes each.
constexpr std::size_t kCallersInMemory = 50'000;

std::vector<RpcEndpoint> EndpointsOf(const Config& config) {
  std::vector<RpcEndpoint> endpoints;
  for (const RpcListener& listener : config.listen) {
    RpcEndpoint& endpoint = endpoints.emplace_back();
    endpoint.address = listener.address;
    if (listener.tls) {
      endpoint.tls = {listener.tls->certificate_file, listener.tls->key_file,
                      listener.tls->client_ca_file,
                      listener.tls->client_crl_file};
    }
    endpoint.certificate_optional = listener.client_certificate_optional;
    endpoint.anonymous = listener.anonymous;
  }
  return endpoints;
}

}  // namespace

// Everything, each after what it borrows.
struct Broker::Stack {
  // What can fail to come about is made before.
  struct Foundation {
    const Clock& clock;
    std::unique_ptr<AeadSealer> sealer;
    std::unique_ptr<Journal> journal;
    std::unique_ptr<CurlTransport> transport;
    std::unique_ptr<WebServer> web;
  };

  Stack(const Config& config, Foundation made)
      : foundation(std::move(made)),
        event_counters(*counted),
        deliveries(kDeliveriesInMemory, [this] { delivery_folds.Soon(); }),
        watch(*foundation.journal, deliveries, executor, foundation.clock),
        journal(*foundation.journal, {&event_counters, &own_users, &watch}),
        providers(config.providers),
        keys(KeysOf(config.sealing), *foundation.sealer, journal,
             files_in_force, foundation.clock, executor),
        key_rotation(journal, *foundation.sealer, executor, foundation.clock),
        oauth(providers, *foundation.transport, foundation.clock),
        upstream(oauth),
        cache(static_cast<std::size_t>(config.cache_entries)),
        callback_uri(CallbackUri(config, foundation.web.get())),
        revocation(journal, upstream, cache, executor, foundation.clock),
        refresher(journal, upstream, providers, revocation, cache, executor,
                  foundation.clock, callback_uri),
        grants(journal, refresher, providers),
        bounded(grants, policy, caller_limits),
        cached(cache, bounded),
        withholding(cached, policy, own_users),
        delivery_folds(journal, deliveries, executor, foundation.clock,
                       {config.audit.fold_interval, config.audit.told_every}),
        tokens(withholding, deliveries),
        retention(journal, executor, foundation.clock, config.audit.retention),
        consent(journal, upstream, providers, revocation, cache, own_users,
                foundation.clock, random,
                {config.consent_lifetime, callback_uri}),
        device_consents(journal, upstream, providers, revocation, cache,
                        own_users, executor, foundation.clock, random),
        policy_watch(config.policy_file, policy, files_in_force,
                     foundation.clock, executor) {}

  absl::Status Start(const Config& config);
  bool Drain(absl::Duration timeout);
  void EndForbiddenWatches();

  Foundation foundation;
  SystemRandom random;
  std::shared_ptr<prometheus::Registry> counted =
      std::make_shared<prometheus::Registry>();
  EventCounters event_counters;
  OwnUsers own_users;
  ClosableExecutor executor;
  Deliveries deliveries;
  RevocationWatch watch;
  ObservedJournal journal;
  Providers providers;
  FilesInForce files_in_force;
  LiveKeyring keys;
  KeyCensus key_census{journal, executor};
  KeyRotation key_rotation;
  OAuthClient oauth;
  ClosableUpstream upstream;
  TokenCache cache;
  const std::string callback_uri;
  Revocation revocation;
  Refresher refresher;
  GrantSource grants;
  PolicyInForce policy;
  CallerLimits caller_limits{kCallersInMemory};
  RefreshBoundSource bounded;
  CachedSource cached;
  WithholdingSource withholding;
  DeliveryFolds delivery_folds;
  CountedSource tokens;
  Retention retention;
  Consent consent;
  DeviceConsents device_consents;
  std::unique_ptr<Bearer> bearer;
  CallerRefusals refusals;
  std::unique_ptr<BearerAuthenticator> authenticator;
  PolicyWatch policy_watch;
  std::unique_ptr<RpcServer> rpc;
  std::unique_ptr<MetricsServer> metrics;
};

absl::Status Broker::Stack::Start(const Config& config) {
  if (config.metrics) {
    auto shown = ShownMetrics(revocation, refusals, files_in_force);
    shown.push_back(counted);
    auto listening =
        MetricsServer::Start(config.metrics->address, std::move(shown));
    if (!listening.ok()) return listening.status();
    metrics = *std::move(listening);
  }
  policy.OnChange([this] { EndForbiddenWatches(); });
  absl::Status in_force = policy_watch.Start();
  if (!in_force.ok()) return in_force;
  absl::Status loaded = LoadOwnUsers(journal, own_users);
  if (!loaded.ok()) return loaded;
  auto judging = Bearer::Start(config.authentication,
                               {journal, executor, foundation.clock, random});
  if (!judging.ok()) return judging.status();
  bearer = *std::move(judging);
  authenticator =
      std::make_unique<BearerAuthenticator>(bearer->tokens(), refusals);
  auto server =
      RpcServer::Start(EndpointsOf(config),
                       {tokens,
                        revocation,
                        watch,
                        consent,
                        device_consents,
                        journal,
                        providers,
                        *authenticator,
                        policy,
                        own_users,
                        caller_limits,
                        config.most_in_flight,
                        bearer->api_keys(),
                        foundation.clock,
                        executor,
                        files_in_force,
                        {keys, key_rotation, key_census, *foundation.sealer}});
  if (!server.ok()) return server.status();
  rpc = *std::move(server);
  if (foundation.web) foundation.web->Serve(consent, foundation.clock);
  StartDiscovery(providers, *foundation.transport, executor);
  keys.Start([this] { key_rotation.Resume(); });
  // What an earlier run was still sealing anew.
  key_rotation.Resume();
  // What an earlier run still owed the providers.
  revocation.Pump();
  // What it still asked them about.
  device_consents.Pump();
  refresher.RepeatUnanswered();
  delivery_folds.Start();
  retention.Pump();
  return absl::OkStatus();
}

void Broker::Stack::EndForbiddenWatches() {
  static const RpcMethod& method =
      *FindRpcMethod("TokenBroker.WatchRevocations");
  const auto in_force = policy.Get();
  watch.EndThose([&](const Actor& subject) {
    return in_force->Knows(subject, method) ? absl::OkStatus()
                                            : PermissionDenied();
  });
}

bool Broker::Stack::Drain(absl::Duration timeout) {
  // At the same time: a browser may have to wait for its provider.
  std::thread web([this] {
    if (foundation.web) foundation.web->Stop();
  });
  const bool all_ended = rpc == nullptr || rpc->Drain(timeout);
  web.join();
  // Executor, transport and journal call into the core, and the core into each
  // of them: one after the other is closed, then ended, the journal last, which
  // keeps what the others still had to say.
  executor.Close();
  upstream.Close();
  if (bearer) bearer->Close();
  foundation.transport.reset();
  delivery_folds.Finish();
  foundation.journal.reset();
  return all_ended;
}

Broker::Broker(std::unique_ptr<Stack> stack) : stack_(std::move(stack)) {}

Broker::~Broker() {
  if (stack_->foundation.journal != nullptr) Drain(absl::ZeroDuration());
}

absl::StatusOr<std::unique_ptr<Broker>> Broker::Assemble(
    const Config& config, const Overrides& overrides) {
  static const SystemClock system_clock;
  static SystemRandom random;
  const Clock& clock = overrides.clock ? *overrides.clock : system_clock;

  auto sealer = MakeSealer(config);
  if (!sealer.ok()) return sealer.status();
  auto journal = OpenJournal(config, overrides, **sealer, random, clock.Now());
  if (!journal.ok()) return journal.status();
  auto transport = CurlTransport::Create(LimitsOf(config.upstream));
  if (!transport.ok()) return transport.status();
  auto web = BindWeb(config);
  if (!web.ok()) return web.status();

  std::unique_ptr<Broker> broker(new Broker(std::make_unique<Stack>(
      config, Stack::Foundation{clock, *std::move(sealer), *std::move(journal),
                                *std::move(transport), *std::move(web)})));
  absl::Status started = broker->stack_->Start(config);
  if (!started.ok()) return started;
  return broker;
}

const std::vector<std::string>& Broker::rpc_addresses() const {
  return stack_->rpc->addresses();
}

std::string Broker::web_url() const {
  return stack_->foundation.web ? stack_->foundation.web->url() : "";
}

std::string Broker::metrics_url() const {
  return stack_->metrics ? stack_->metrics->url() : "";
}

bool Broker::Drain(absl::Duration timeout) { return stack_->Drain(timeout); }

}  // namespace bursar
