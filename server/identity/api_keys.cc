#include "server/identity/api_keys.h"

#include <future>
#include <mutex>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "server/core/event.h"
#include "server/identity/digest.h"

namespace bursar {
namespace {

constexpr absl::string_view kPrefix = "bursar_";
// Random text alone could begin with '-', and a command line would take it for
// an option.
constexpr absl::string_view kIdPrefix = "key-";
constexpr std::size_t kIdBytes = 9;
constexpr std::size_t kSecretBytes = 32;
// Of what RandomText makes of them.
constexpr std::size_t kIdSize = kIdPrefix.size() + 12;
constexpr std::size_t kSecretSize = 43;
constexpr std::size_t kTextSize = kPrefix.size() + kIdSize + kSecretSize;
constexpr int64_t kSecondsInAnHour = 3600;

absl::Status NoGoodKey(absl::string_view why) {
  return absl::UnauthenticatedError(why);
}

int64_t HourOf(absl::Time time) {
  return absl::ToUnixSeconds(time) / kSecondsInAnHour;
}

Actor CallerNamed(const std::string& name) {
  return Actor(absl::StrCat("api-key:", name));
}

// Which key it is has no field of its own.
Event AboutKey(const ApiKey& key, absl::string_view kind, const Actor& actor,
               absl::Time now) {
  Event event;
  event.time = now;
  event.kind = std::string(kind);
  event.actor = actor;
  event.outcome = absl::StrCat(key.name, " ", key.id.value());
  return event;
}

}  // namespace

absl::Status ApiKeys::Load(absl::Time now) {
  std::vector<KnownApiKey> keys;
  std::promise<absl::Status> end;
  journal_.Read(
      [&keys, now](Ledger& ledger) {
        auto living = ledger.api_keys().Living(now);
        if (!living.ok()) return living.status();
        keys = *std::move(living);
        return absl::OkStatus();
      },
      [&end](absl::Status status) { end.set_value(std::move(status)); });
  absl::Status status = end.get_future().get();
  for (const KnownApiKey& key : keys) Remember(key);
  return status;
}

bool ApiKeys::IsOne(absl::string_view text) {
  return absl::StartsWith(text, kPrefix);
}

absl::StatusOr<Actor> ApiKeys::Judge(absl::string_view text, absl::Time now) {
  if (!IsOne(text) || text.size() != kTextSize) {
    return NoGoodKey("the API key is malformed");
  }
  const ApiKeyId id{std::string(text.substr(kPrefix.size(), kIdSize))};
  const std::string digest = Sha256(text.substr(kPrefix.size() + kIdSize));
  const std::shared_lock lock(mutex_);
  const auto found = known_.find(id.value());
  if (found == known_.end()) {
    return NoGoodKey("there is no such API key, or not any more");
  }
  Known& known = *found->second;
  if (!SameDigest(known.digest, digest)) {
    return NoGoodKey("the API key's secret is wrong");
  }
  if (known.expiry <= now) return NoGoodKey("the API key has expired");
  NoteUse(id, known, now);
  return known.actor;
}

// Whoever looks at the list wants to know whether a key is in use, and no call
// is to wait for a disk: to the hour is enough, and loss is no harm.
void ApiKeys::NoteUse(const ApiKeyId& id, Known& known, absl::Time now) {
  const int64_t hour = HourOf(now);
  int64_t noted = known.noted_hour.load(std::memory_order_relaxed);
  if (noted >= hour || !known.noted_hour.compare_exchange_strong(noted, hour)) {
    return;
  }
  journal_.Write(
      [id, hour](Ledger& ledger) {
        return ledger.api_keys().NoteUse(
            id, absl::FromUnixSeconds(hour * kSecondsInAnHour));
      },
      [](const absl::Status&) {});
}

void ApiKeys::Create(const std::string& name, absl::Duration life,
                     const Actor& actor, absl::Time now, MadeDone done) {
  const std::string id = absl::StrCat(kIdPrefix, RandomText(random_, kIdBytes));
  std::string secret = RandomText(random_, kSecretBytes);
  KnownApiKey known{{ApiKeyId(id), name, actor, now, now + life, {}, {}},
                    Sha256(secret)};
  Secret text = Secret::Take(absl::StrCat(kPrefix, id, secret));
  Wipe(secret);
  journal_.Write(
      [known](Ledger& ledger) {
        const absl::Status added = ledger.api_keys().Add(known);
        if (!added.ok()) return added;
        return ledger.events().Append(AboutKey(known.key, event::kApiKeyCreated,
                                               known.key.actor,
                                               known.key.created));
      },
      [this, known, text = std::move(text),
       done = std::move(done)](const absl::Status& status) mutable {
        if (!status.ok()) return done(status);
        Remember(known);
        done(Made{std::move(known.key), std::move(text)});
      });
}

void ApiKeys::Revoke(const ApiKeyId& id, const Actor& actor, absl::Time now,
                     RevokedDone done) {
  auto revoked = std::make_shared<ApiKey>();
  journal_.Write(
      [id, actor, now, revoked](Ledger& ledger) {
        absl::StatusOr<ApiKey> key = ledger.api_keys().Revoke(id, now);
        if (!key.ok()) return key.status();
        *revoked = *std::move(key);
        return ledger.events().Append(
            AboutKey(*revoked, event::kApiKeyRevoked, actor, now));
      },
      [this, revoked,
       done = std::move(done)](const absl::Status& status) mutable {
        if (!status.ok()) return done(status);
        Forget(revoked->id);
        done(std::move(*revoked));
      });
}

void ApiKeys::Remember(const KnownApiKey& key) {
  auto known = std::make_unique<Known>();
  known->digest = key.digest;
  known->actor = CallerNamed(key.key.name);
  known->expiry = key.key.expiry;
  if (key.key.last_used) {
    known->noted_hour = HourOf(*key.key.last_used);
  }
  const std::lock_guard lock(mutex_);
  known_.insert_or_assign(key.key.id.value(), std::move(known));
}

void ApiKeys::Forget(const ApiKeyId& id) {
  const std::lock_guard lock(mutex_);
  known_.erase(id.value());
}

}  // namespace bursar
