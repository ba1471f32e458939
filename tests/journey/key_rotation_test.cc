// A hundred thousand grants get under a new key while callers are served, with
// two power failures on the way; afterwards the old key opens nothing.

#include <atomic>
#include <filesystem>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "bursar/v1/keys.grpc.pb.h"
#include "gmock/gmock.h"
#include "server/base/random.h"
#include "server/ledger/database.h"
#include "server/ledger/sealed_columns.h"
#include "server/ledger/sqlite_journal.h"
#include "server/ledger/store_context.h"
#include "server/sealing/aead_sealer.h"
#include "server/sealing/ed25519_notary.h"
#include "tests/fakes/eventually.h"
#include "tests/journey/harness/journey.h"
#include "tests/journey/harness/programs.h"

namespace bursar::journey {
namespace {

constexpr int kGrants = 100'000;
constexpr int kGrantsAtOnce = 1'000;
// A whole rotation, on a busy machine too.
constexpr absl::Duration kRotationBound = absl::Minutes(4);

std::string UserNumbered(int number) { return absl::StrCat("user-", number); }
std::string TokenNumbered(int number) {
  return absl::StrCat("1000.seeded-access-token-", number);
}

// One service that calls all the time. What fails while the broker is down, or
// goes down, is its operator's doing; nothing else may fail.
class Caller {
 public:
  // Odd while the broker is down.
  using Outages = std::atomic<int>;
  using Ask = std::function<Outcome(Api&)>;

  Caller(std::string target, const Outages& outages, Ask ask)
      : outages_(outages),
        thread_([this, target = std::move(target), ask = std::move(ask)] {
          Run(target, ask);
        }) {}
  ~Caller() { Stop(); }

  void Stop() {
    stopping_ = true;
    if (thread_.joinable()) thread_.join();
  }

  int calls() const { return calls_; }
  /// To be read once it has stopped.
  const std::vector<std::string>& failures() const { return failures_; }

 private:
  void Run(const std::string& target, const Ask& ask) {
    int outage = outages_;
    auto api = std::make_unique<Api>(target);
    while (!stopping_) {
      const int before = outages_;
      if (before != outage) {
        outage = before;
        api = std::make_unique<Api>(target);
      }
      const Outcome outcome = ask(*api);
      const bool excused = before % 2 != 0 || outages_ != before;
      if (outcome.ok()) ++calls_;
      if (!outcome.ok() && !excused) {
        failures_.push_back(absl::StrCat(outcome.message, " ", outcome.reason));
      }
    }
  }

  const Outages& outages_;
  std::atomic<bool> stopping_ = false;
  std::atomic<int> calls_ = 0;
  std::vector<std::string> failures_;
  std::thread thread_;
};

class KeyRotation : public Journey {
 protected:
  void SetUp() override {
    BrokerOptions options;
    options.log_level = "info";
    StartStack(Unlimited(), options);
    Consent(kAnn);
    Consent(kBob);
    ASSERT_EQ(broker().Stop(), 0);
    old_ring_ = broker().folder().Path("old-keyring");
    std::filesystem::copy(broker().KeyringPath(), old_ring_);
    old_key_ = Sealer(old_ring_)->KeyIds().front();
    AddGrants();
    ASSERT_TRUE(broker().Start()) << broker().Log();
  }

  static std::unique_ptr<AeadSealer> Sealer(const std::string& ring) {
    auto keyring = Keyring::Load(ring);
    EXPECT_TRUE(keyring.ok()) << keyring.status();
    return *AeadSealer::Create(*std::move(keyring));
  }

  static absl::Status AddGrant(Ledger& ledger, int number, absl::Time now) {
    NewGrant grant;
    grant.id = GrantId(absl::StrCat("seeded-", number));
    grant.user = UserId(UserNumbered(number));
    grant.client = ClientName(kClient);
    grant.data_center = DataCenter("us");
    grant.scopes = bursar::Scopes({kRead});
    grant.refresh_token =
        Secret::Copy(absl::StrCat("1000.seeded-refresh-token-", number));
    grant.access_token.emplace();
    grant.access_token->value = Secret::Copy(TokenNumbered(number));
    grant.access_token->token_type = "Bearer";
    grant.access_token->obtained = now;
    grant.access_token->expiry = now + absl::Hours(10);
    return ledger.grants().Add(grant, now);
  }

  // Through the ledger's own code, as if so many had consented.
  void AddGrants() {
    SystemRandom random;
    const auto sealer = Sealer(broker().KeyringPath());
    const absl::Time now = absl::Now();
    const Ed25519Notary notary{};
    const auto journal = SqliteJournal::Open(
        {broker().LedgerPath(), *sealer, random, notary}, now);
    ASSERT_TRUE(journal.ok()) << journal.status();
    for (int first = 0; first < kGrants; first += kGrantsAtOnce) {
      std::promise<absl::Status> end;
      (*journal)->Write(
          [first, now](Ledger& ledger) {
            absl::Status status;
            for (int i = first; status.ok() && i < first + kGrantsAtOnce; ++i) {
              status = AddGrant(ledger, i, now);
            }
            return status;
          },
          [&end](absl::Status status) { end.set_value(std::move(status)); });
      const absl::Status status = end.get_future().get();
      ASSERT_TRUE(status.ok()) << status;
    }
  }

  Finished Ctl(std::vector<std::string> arguments) {
    std::vector<std::string> argv = {std::string(kBursarctl), "--address",
                                     broker().Target()};
    argv.insert(argv.end(), arguments.begin(), arguments.end());
    return RunProgram({.argv = argv, .log = broker().folder().Path("ctl")});
  }

  v1::KeyRotation Rotation() {
    const auto keys = v1::Keys::NewStub(api().channel());
    grpc::ClientContext context;
    v1::KeyRotation rotation;
    keys->GetKeyRotation(&context, {}, &rotation);
    return rotation;
  }

  // Kills it once so many values are sealed anew, and starts it again.
  void KillAfter(int64_t resealed) {
    v1::KeyRotation rotation;
    ASSERT_TRUE(Eventually(
        [&] {
          rotation = Rotation();
          return rotation.resealed() >= resealed;
        },
        kRotationBound));
    ++outages_;
    broker().Kill9();
    ASSERT_EQ(rotation.state(), v1::KeyRotation::RESEALING)
        << "it was not half-way";
    ASSERT_TRUE(broker().Start()) << broker().Log();
    ++outages_;
  }

  struct Opened {
    int64_t opened = 0;
    int64_t all = 0;
  };

  // Opens every sealed value of the stopped broker's ledger with the keys of a
  // ring; how many open.
  Opened CountOpened(const AeadSealer& sealer) {
    Opened result;
    const auto database = Database::Open(broker().LedgerPath());
    EXPECT_TRUE(database.ok()) << database.status();
    for (const SealedColumn& sealed : kSealedColumns) {
      Statement row = (*database)->Query(
          absl::StrCat("SELECT number, ", sealed.column, ", ", sealed.column,
                       "_key_id FROM ", sealed.table, " WHERE ", sealed.column,
                       " IS NOT NULL"));
      while (*row.Next()) {
        ++result.all;
        const SealedPlace place =
            PlaceOf(sealed.table, sealed.column, row.Int(0));
        // Under the id that it has, and in case that lies, the ring's own.
        for (const std::string& id : {row.Text(2), sealer.KeyIds().front()}) {
          if (!sealer.Open({id, row.Text(1)}, place).ok()) continue;
          ++result.opened;
          break;
        }
      }
    }
    return result;
  }

  std::string old_ring_;
  std::string old_key_;
  Caller::Outages outages_ = 0;
};

TEST_F(KeyRotation, OfAHundredThousandGrantsKilledTwiceFailsNoCall) {
  Caller from_memory(broker().Target(), outages_, [](Api& api) {
    return api.GetToken(TokenRequest(kAnn)).outcome;
  });
  Caller refreshing(broker().Target(), outages_, [](Api& api) {
    const auto token = api.GetToken(TokenRequest(kBob));
    if (!token.ok()) return token.outcome;
    return api.Refresh(RefreshOf(token.value, kBob)).outcome;
  });

  ASSERT_EQ(Ctl({"keys", "add", broker().KeyringPath()}).exit, 0);
  const Finished begun = Ctl({"keys", "rotate", "--no-wait"});
  ASSERT_EQ(begun.exit, 0) << begun.errors;
  ASSERT_NO_FATAL_FAILURE(KillAfter(kGrants / 2));
  ASSERT_NO_FATAL_FAILURE(KillAfter(kGrants));
  ASSERT_TRUE(
      Eventually([&] { return Rotation().state() == v1::KeyRotation::ENDED; },
                 kRotationBound));
  EXPECT_EQ(Rotation().remaining(), 0);
  EXPECT_EQ(Rotation().unopened(), 0);
  EXPECT_GE(Rotation().resealed(), 2 * kGrants);

  // The old key is not needed, and goes without a restart.
  const Finished status = Ctl({"keys", "status"});
  EXPECT_TRUE(absl::StrContains(status.output, "not needed any more"))
      << status.output << status.errors;
  ASSERT_EQ(Ctl({"keys", "remove", broker().KeyringPath(), old_key_}).exit, 0);
  const Finished again = Ctl({"keys", "rotate"});
  EXPECT_EQ(again.exit, 0) << again.errors;
  EXPECT_FALSE(absl::StrContains(Ctl({"keys", "status"}).output, old_key_));
  for (const int number : {0, kGrants / 2, kGrants - 1}) {
    const auto token = GetToken(UserNumbered(number));
    EXPECT_TRUE(token.ok()) << token.outcome;
    EXPECT_EQ(token.value.access_token(), TokenNumbered(number));
  }

  for (Caller* caller : {&from_memory, &refreshing}) {
    caller->Stop();
    EXPECT_GE(caller->calls(), 20);
    EXPECT_THAT(caller->failures(), testing::IsEmpty());
  }
  ASSERT_EQ(broker().Stop(), 0);
  const Opened by_old_key = CountOpened(*Sealer(old_ring_));
  EXPECT_EQ(by_old_key.opened, 0);
  EXPECT_GT(by_old_key.all, 2 * kGrants);
  const Opened by_new_key = CountOpened(*Sealer(broker().KeyringPath()));
  EXPECT_EQ(by_new_key.opened, by_new_key.all);
}

}  // namespace
}  // namespace bursar::journey
