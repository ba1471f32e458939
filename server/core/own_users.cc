#include "server/core/own_users.h"

#include <future>
#include <mutex>
#include <string>
#include <utility>

#include "server/core/event.h"

namespace bursar {
namespace {

constexpr int kLoadedAtOnce = 10'000;

absl::Status LoadFrom(Ledger& ledger, OwnUsers& own_users) {
  PageRequest request{kLoadedAtOnce, ""};
  do {
    const auto page = ledger.begun_grants().List(request);
    if (!page.ok()) return page.status();
    for (const BegunGrant& begun : page->items) own_users.Note(begun);
    request.after = page->next;
  } while (!request.after.empty());
  return absl::OkStatus();
}

}  // namespace

void OwnUsers::Note(const BegunGrant& begun) {
  if (begun.actor.empty()) return;
  Key key{begun.actor.value(), begun.user.value(), begun.client.value()};
  Shard& shard = shards_[PlaceOf(key)];
  const std::lock_guard lock(shard.mutex);
  shard.keys.insert(std::move(key));
}

void OwnUsers::Happened(const Event& event) {
  if (event.kind != event::kClientDeleted) return;
  for (Shard& shard : shards_) {
    const std::lock_guard lock(shard.mutex);
    absl::erase_if(shard.keys, [&](const Key& key) {
      return key.client == event.client.value();
    });
  }
}

bool OwnUsers::Has(const Actor& actor, absl::string_view user,
                   absl::string_view client) const {
  const View view{actor.value(), user, client};
  const Shard& shard = shards_[PlaceOf(view)];
  const std::shared_lock lock(shard.mutex);
  return shard.keys.contains(view);
}

absl::Status LoadOwnUsers(Journal& journal, OwnUsers& own_users) {
  std::promise<absl::Status> loaded;
  journal.Read(
      [&own_users](Ledger& ledger) { return LoadFrom(ledger, own_users); },
      [&loaded](absl::Status status) { loaded.set_value(std::move(status)); });
  return loaded.get_future().get();
}

}  // namespace bursar
