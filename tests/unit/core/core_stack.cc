#include "tests/unit/core/core_stack.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace bursar {

CoreStack::CoreStack()
    : ledger(random, clock),
      journal(ledger.journal()),
      providers({TestProvider()}),
      cache(1000),
      revocation(journal, upstream, cache, executor, clock),
      refresher(journal, upstream, providers, revocation, cache, executor,
                clock, "https://broker.test/callback"),
      grant_source(journal, refresher, providers),
      source(cache, grant_source),
      consent(journal, upstream, providers, revocation, cache, own_users, clock,
              random, {absl::Minutes(10), "https://broker.test/callback"}),
      device_consents(journal, upstream, providers, revocation, cache,
                      own_users, executor, clock, random) {
  Client client;
  client.name = ClientName("client");
  client.provider = ProviderName("provider");
  client.client_id = "client-id";
  client.default_scopes = Scopes({"read"});
  const absl::Status created = Write([&](Ledger& l) {
    return l.clients()
        .Create(client, Secret::Copy("client-secret"), clock.Now())
        .status();
  });
  EXPECT_TRUE(created.ok()) << created;
}

CoreStack::~CoreStack() { ledger.Close(); }

Provider CoreStack::TestProvider() {
  Provider provider;
  provider.name = ProviderName("provider");
  provider.issuer = "https://provider.test";
  provider.default_data_center = DataCenter("us");
  provider.data_centers[DataCenter("us")] = {"us", "https://us.provider.test"};
  provider.data_centers[DataCenter("eu")] = {"eu", "https://eu.provider.test"};
  provider.device = DeviceRule{"/device"};
  provider.client_credentials = ClientCredentialsRule{"organization"};
  provider.implicit = true;
  return provider;
}

Granted CoreStack::Grants(const std::string& name, bool rotates) const {
  Granted granted;
  granted.access_token.value = Secret::Take(absl::StrCat("access-", name));
  granted.access_token.token_type = "Bearer";
  granted.access_token.obtained = clock.Now();
  granted.access_token.expiry = clock.Now() + absl::Hours(1);
  if (rotates) {
    granted.refresh_token = Secret::Take(absl::StrCat("refresh-", name));
  }
  return granted;
}

Grant CoreStack::Consented(const std::string& name,
                           std::vector<std::string> scopes) {
  auto begun = BeginConsent(std::move(scopes)).Get();
  EXPECT_TRUE(begun.ok()) << begun.status();
  auto completed = CompleteConsent(std::move(begun->state));
  EXPECT_TRUE(upstream.Answer(Grants(name, true)));
  auto grant = completed.Get();
  EXPECT_TRUE(grant.ok()) << grant.status();
  return *std::move(grant);
}

Awaited<TokenSource::Answer> CoreStack::Ask(std::optional<FailedToken> failed,
                                            absl::Duration min_ttl,
                                            std::vector<std::string> scopes) {
  Awaited<TokenSource::Answer> answer;
  source.Get({{UserId("user"), ClientName("client"), Scopes(std::move(scopes))},
              min_ttl,
              std::move(failed),
              Actor("tester")},
             clock.Now(), answer.Done());
  return answer;
}

Awaited<absl::StatusOr<std::vector<GrantId>>> CoreStack::Revoke(
    Revocation::Target target) {
  Awaited<absl::StatusOr<std::vector<GrantId>>> revoked;
  revocation.Revoke(std::move(target), Actor("tester"), clock.Now(),
                    revoked.Done());
  return revoked;
}

Awaited<absl::StatusOr<Consent::Begun>> CoreStack::BeginConsent(
    std::vector<std::string> scopes) {
  Awaited<absl::StatusOr<Consent::Begun>> begun;
  consent.Begin({UserId("user"), ClientName("client"),
                 Scopes(std::move(scopes)), Actor("tester")},
                clock.Now(), begun.Done());
  return begun;
}

Awaited<absl::StatusOr<Grant>> CoreStack::CompleteConsent(Secret state) {
  Awaited<absl::StatusOr<Grant>> completed;
  Redirect redirect;
  redirect.state = std::move(state);
  redirect.code = Secret::Copy("code");
  redirect.actor = Actor("browser");
  consent.Complete(std::move(redirect), clock.Now(), completed.Done());
  return completed;
}

Grant CoreStack::Read(const GrantId& id) {
  Grant grant;
  const absl::Status status = Write([&](Ledger& l) {
    auto found = l.grants().Get(id);
    if (found.ok()) grant = *std::move(found);
    return found.status();
  });
  EXPECT_TRUE(status.ok()) << status;
  return grant;
}

std::vector<RefreshTokenRecord> CoreStack::RefreshTokens(const GrantId& id) {
  std::vector<RefreshTokenRecord> records;
  const absl::Status status = Write([&](Ledger& l) {
    auto page = l.usage().RefreshTokens(id, {1000, ""});
    if (page.ok()) records = std::move(page->items);
    return page.status();
  });
  EXPECT_TRUE(status.ok()) << status;
  return records;
}

std::vector<Event> CoreStack::Events() {
  std::vector<Event> events;
  const absl::Status status = Write([&](Ledger& l) {
    auto page = l.events().List({}, {1000, ""});
    if (page.ok()) events = std::move(page->items);
    return page.status();
  });
  EXPECT_TRUE(status.ok()) << status;
  return events;
}

absl::Status CoreStack::Write(Journal::Work work) {
  Awaited<absl::Status> written;
  ledger.journal().Write(std::move(work), written.Done());
  return written.Get();
}

void CoreStack::Settle() {
  for (int i = 0; i < 4; ++i) {
    EXPECT_TRUE(Write([](Ledger&) { return absl::OkStatus(); }).ok());
    Awaited<absl::Status> read;
    ledger.journal().Read([](Ledger&) { return absl::OkStatus(); },
                          read.Done());
    EXPECT_TRUE(read.Get().ok());
  }
}

void CoreStack::Pass(absl::Duration duration) {
  for (absl::Duration left = duration; left > absl::ZeroDuration();
       left -= absl::Seconds(1)) {
    Settle();
    clock.Advance(absl::Seconds(1));
    executor.Advance(absl::Seconds(1));
  }
  Settle();
}

void CoreStack::FailNextWrite() {
  FaultyJournal::Fault fault;
  fault.instead = ToStatus(
      {Reason::kLedgerUnavailable, "injected", absl::Seconds(1), {}, {}});
  journal.Inject(std::move(fault));
}

std::string WhyOf(const absl::Status& status) {
  const auto refusal = RefusalOf(status);
  if (!refusal) return std::string(status.message());
  const auto why = refusal->metadata.find("why");
  return why != refusal->metadata.end()
             ? why->second
             : std::string(ReasonName(refusal->reason));
}

Reason ReasonOf(const absl::Status& status) {
  const auto refusal = RefusalOf(status);
  EXPECT_TRUE(refusal) << "no reason in: " << status;
  return refusal ? refusal->reason : Reason::kKeyUnavailable;
}

}  // namespace bursar
