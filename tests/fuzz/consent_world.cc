#include "tests/fuzz/consent_world.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "server/base/random.h"
#include "server/core/own_users.h"
#include "server/core/revocation.h"
#include "server/core/token_cache.h"
#include "server/ledger/open_ledger.h"
#include "server/ledger/sqlite_ledger.h"
#include "server/sealing/aead_sealer.h"
#include "server/sealing/ed25519_notary.h"
#include "server/sealing/keyring.h"
#include "server/upstream/token_response.h"
#include "tests/fakes/manual_clock.h"
#include "tests/fakes/manual_executor.h"
#include "tests/fakes/temporary_folder.h"
#include "tests/fuzz/fuzz_input.h"

namespace bursar {
namespace {

// The first bytes are ones, the next ones twos.
class CountingRandom final : public Random {
 public:
  void Fill(absl::Span<unsigned char> bytes) override {
    ++count_;
    std::fill(bytes.begin(), bytes.end(), count_);
  }

 private:
  unsigned char count_ = 0;
};

// Runs work at once, in the transaction that is open.
class InlineJournal final : public Journal {
 public:
  InlineJournal(Database& database, Ledger& ledger)
      : database_(database), ledger_(ledger) {}

  void Write(Work work, Done done) override {
    Run("SAVEPOINT work");
    absl::Status status = work(ledger_);
    if (!status.ok()) Run("ROLLBACK TO work");
    Run("RELEASE work");
    done(std::move(status));
  }
  void Read(Work work, Done done) override {
    Write(std::move(work), std::move(done));
  }

  void Run(const std::string& sql) {
    Must(database_.Execute(sql).ok(), "the ledger works");
  }

 private:
  Database& database_;
  Ledger& ledger_;
};

// Grants whatever is asked for.
class GrantingUpstream final : public Upstream {
 public:
  explicit GrantingUpstream(const Provider& provider) : provider_(provider) {}

  std::string AuthorizationUrl(const ClientIdentity&, const Scopes&,
                               const Secret&, const Secret&) const override {
    return "https://provider.test/authorize";
  }
  RedeemResult ReadFragment(const ClientIdentity&, const FragmentToken& token,
                            absl::Time now) const override {
    return ReadFragmentToken(token, provider_, now);
  }
  void RedeemCode(const ClientIdentity&, const CodeExchange& exchange,
                  RedeemDone done) override {
    Must(!exchange.code.empty(), "no code is sent that is none");
    Granted granted;
    granted.access_token.value = Secret::Copy("access");
    granted.access_token.token_type = "Bearer";
    granted.access_token.obtained = absl::FromUnixSeconds(1'700'000'000);
    granted.access_token.expiry =
        granted.access_token.obtained + absl::Hours(1);
    granted.refresh_token = Secret::Copy("refresh");
    done(std::move(granted));
  }
  void RedeemRefreshToken(const ClientIdentity&, const Secret&, const Scopes&,
                          RedeemDone done) override {
    done(Dead{});
  }
  void RequestClientCredentials(const ClientIdentity&, const Scopes&,
                                const std::string&, RedeemDone done) override {
    done(Dead{});
  }
  void Revoke(const ClientIdentity&, const Secret&, RevokeDone done) override {
    done(RevokeResult::kConfirmed);
  }
  void BeginDevice(const ClientIdentity&, const Scopes&,
                   DeviceBegun done) override {
    done(RedeemResult(Dead{}));
  }
  void PollDevice(const ClientIdentity&, const Secret&,
                  DevicePolled done) override {
    done(DevicePending{});
  }

 private:
  const Provider& provider_;
};

std::vector<Provider> OneProvider() {
  Provider provider;
  provider.name = ProviderName("provider");
  provider.issuer = "https://provider.test";
  provider.default_data_center = DataCenter("us");
  provider.data_centers[DataCenter("us")] = {"us", "https://us.provider.test"};
  provider.data_centers[DataCenter("eu")] = {"eu", "https://eu.provider.test"};
  provider.implicit = true;
  std::vector<Provider> providers;
  providers.push_back(std::move(provider));
  return providers;
}

template <typename T>
T Want(absl::StatusOr<T> made) {
  Must(made.ok(), made.status().message());
  return *std::move(made);
}

std::unique_ptr<AeadSealer> NewSealer(const TemporaryFolder& folder) {
  SystemRandom random;
  const std::string path = folder.Path("keyring");
  Must(Keyring::Create(path, random).ok(), "there is room for a key");
  return Want(AeadSealer::Create(Want(Keyring::Load(path))));
}

OpenedLedger NewLedger(const TemporaryFolder& folder, const Sealer& sealer,
                       const Notary& notary, absl::Time now) {
  SystemRandom random;
  return Want(
      OpenLedger(folder.Path("ledger.db"), sealer, notary, random, now));
}

}  // namespace

struct ConsentWorld::Parts {
  const TemporaryFolder folder;
  const std::string holder = "fuzzer";
  ManualClock clock;
  CountingRandom random;
  const std::unique_ptr<AeadSealer> sealer = NewSealer(folder);
  const Ed25519Notary notary{};
  OpenedLedger opened = NewLedger(folder, *sealer, notary, clock.Now());
  SqliteLedger ledger{{*opened.writer, *sealer, opened.digest_key, holder,
                       notary, opened.signing_key}};
  InlineJournal journal{*opened.writer, ledger};
  Providers providers{OneProvider()};
  GrantingUpstream upstream{*providers.All().front()};
  ManualExecutor executor;
  TokenCache cache{1000};
  Revocation revocation{journal, upstream, cache, executor, clock};
  OwnUsers own_users;
  Consent consent{journal,
                  upstream,
                  providers,
                  revocation,
                  cache,
                  own_users,
                  clock,
                  random,
                  {absl::Minutes(10), "https://broker.test/callback"}};
};

ConsentWorld::ConsentWorld() : parts_(std::make_unique<Parts>()) {
  AddClient("page", ResponseType::kToken);
  AddClient("service", ResponseType::kCode);
  code_state_ = BeginConsent("service");
  token_state_ = BeginConsent("page");
}

ConsentWorld::~ConsentWorld() = default;

const Provider& ConsentWorld::provider() const {
  return *parts_->providers.All().front();
}

Consent& ConsentWorld::consent() { return parts_->consent; }

void ConsentWorld::Begin() { parts_->journal.Run("BEGIN"); }

void ConsentWorld::Undo() { parts_->journal.Run("ROLLBACK"); }

void ConsentWorld::AddClient(const std::string& name, ResponseType type) {
  Client client;
  client.name = ClientName(name);
  client.provider = ProviderName("provider");
  client.client_id = "client-id";
  client.default_scopes = Scopes({"read"});
  client.response_type = type;
  parts_->journal.Write(
      [&](Ledger& ledger) {
        return ledger.clients()
            .Create(client, std::nullopt, parts_->clock.Now())
            .status();
      },
      [](const absl::Status& status) { Must(status.ok(), status.message()); });
}

std::string ConsentWorld::BeginConsent(const std::string& client) {
  std::string state;
  parts_->consent.Begin(
      {UserId("user"), ClientName(client), Scopes(), Actor("fuzzer")},
      parts_->clock.Now(), [&state](absl::StatusOr<Consent::Begun> begun) {
        state = std::string(Want(std::move(begun)).state.Expose());
      });
  return state;
}

}  // namespace bursar
