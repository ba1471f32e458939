#include "server/sealing/live_keyring.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "server/base/log.h"
#include "server/core/reason.h"

namespace bursar {
namespace {

absl::Status RingRefused(absl::string_view why) {
  return ToStatus({Reason::kKeyUnavailable,
                   absl::StrCat("the key file is not taken, the keys before "
                                "stay in force: ",
                                why),
                   {},
                   {},
                   {}});
}

// OK, or that a key became another one under the same id.
absl::Status CheckSameKeys(const Keyring& old, const Keyring& ring) {
  for (const std::string& id : ring.Ids()) {
    const Keyring::Key* before = old.Find(id);
    if (before != nullptr &&
        before->bytes.Expose() != ring.Find(id)->bytes.Expose()) {
      return absl::FailedPreconditionError(
          absl::StrCat("key ", id, " is another than before: ids differ"));
    }
  }
  return absl::OkStatus();
}

// Those of `ids` that the ring lacks.
std::vector<std::string> Lacking(const Keyring& ring,
                                 std::vector<std::string> ids) {
  ids.erase(
      std::remove_if(ids.begin(), ids.end(),
                     [&](const auto& id) { return ring.Find(id) != nullptr; }),
      ids.end());
  return ids;
}

// OK, or that `ring` lacks keys of `old` that are needed.
absl::Status CheckNoneNeeded(const Keyring& old, const Keyring& ring,
                             Ledger& ledger) {
  auto in_use = ledger.resealing().KeysInUse();
  if (!in_use.ok()) return in_use.status();
  // One that was not there before either is lost already.
  std::vector<std::string> needed = Lacking(ring, *std::move(in_use));
  needed.erase(
      std::remove_if(needed.begin(), needed.end(),
                     [&](const auto& id) { return old.Find(id) == nullptr; }),
      needed.end());
  if (needed.empty()) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat(
      "it lacks what the ledger still needs, ", absl::StrJoin(needed, ", "),
      ": put it back, and remove it once bursarctl keys status "
      "says that it is not needed"));
}

}  // namespace

LiveKeyring::LiveKeyring(Source source, AeadSealer& sealer, Journal& journal,
                         FilesInForce& in_force, const Clock& clock,
                         Executor& executor)
    : source_(std::move(source)),
      sealer_(sealer),
      journal_(journal),
      in_force_(in_force),
      clock_(clock),
      executor_(executor),
      watch_(source_.files, executor) {}

void LiveKeyring::Start(std::function<void()> changed) {
  changed_ = std::move(changed);
  TellOfLostKeys();
  watch_.Start([this] { Reread([](const absl::Status&) {}); });
  // It may have changed since it was read first.
  Reread([](const absl::Status&) {});
}

void LiveKeyring::Reread(Done done) {
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(std::move(done));
    if (reading_) return;
    reading_ = true;
  }
  executor_.Post([this] { Load(); });
}

void LiveKeyring::Load() {
  {
    const std::lock_guard lock(mutex_);
    served_ = std::exchange(waiting_, {});
  }
  absl::StatusOr<Keyring> ring = source_.load();
  if (!ring.ok()) return Finish(ring.status());
  const std::shared_ptr<const Keyring> old = sealer_.keyring();
  const absl::Status same = CheckSameKeys(*old, *ring);
  if (!same.ok()) return Finish(same);
  if (old->Ids() == ring->Ids()) return Finish(absl::OkStatus());
  Take(*std::move(ring));
}

// The check and the change are one step between the ledger's writes, so that
// nothing is sealed with a key that was found not to be needed. Until that is
// durable, what either ring opens is opened.
void LiveKeyring::Take(Keyring keyring) {
  const std::shared_ptr<const Keyring> old = sealer_.keyring();
  const auto ring = std::make_shared<const Keyring>(std::move(keyring));
  journal_.Write(
      [this, old, ring](Ledger& ledger) {
        absl::Status fit = CheckNoneNeeded(*old, *ring, ledger);
        if (fit.ok()) sealer_.Replace(ring->JoinedBy(*old));
        return fit;
      },
      [this, old, ring](const absl::Status& status) {
        sealer_.Replace(status.ok() ? *ring : *old);
        if (status.ok()) {
          log::Info("keys.changed",
                    {{"primary", ring->primary().id},
                     {"keys", absl::StrJoin(ring->Ids(), ",")}});
          if (changed_) changed_();
        }
        Finish(status);
      });
}

void LiveKeyring::Finish(const absl::Status& status) {
  absl::Status told;
  const FilesTogether files{"keyring", source_.files};
  if (status.ok()) {
    in_force_.Taken(files, clock_.Now());
  } else {
    in_force_.Refused(files);
    log::Error("keys.refused", {{"error", status.message()}});
    told = RingRefused(status.message());
  }
  std::vector<Done> served;
  bool again = false;
  {
    const std::lock_guard lock(mutex_);
    served = std::exchange(served_, {});
    again = !waiting_.empty();
    reading_ = again;
  }
  for (Done& done : served) done(told);
  if (again) executor_.Post([this] { Load(); });
}

void LiveKeyring::TellOfLostKeys() {
  journal_.Read(
      [this](Ledger& ledger) {
        auto in_use = ledger.resealing().KeysInUse();
        if (!in_use.ok()) return in_use.status();
        for (const std::string& id :
             Lacking(*sealer_.keyring(), *std::move(in_use))) {
          log::Error("keys.lost", {{"key", id}});
        }
        return absl::OkStatus();
      },
      [](const absl::Status& status) {
        if (!status.ok()) log::Error("keys.unreadable");
      });
}

}  // namespace bursar
