// Whose consents each caller began: in memory, so that a policy which ties
// users to callers costs no look into the ledger. Thread-safe.

#ifndef BURSAR_SERVER_CORE_OWN_USERS_H_
#define BURSAR_SERVER_CORE_OWN_USERS_H_

#include <array>
#include <cstddef>
#include <shared_mutex>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/hash/hash.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "server/core/journal.h"
#include "server/core/ledger_types.h"
#include "server/core/observed_journal.h"
#include "server/core/types.h"

namespace bursar {

class OwnUsers final : public EventObserver {
 public:
  /// Notes that a consent which `begun.actor` began led to a grant.
  void Note(const BegunGrant& begun);

  /// Forgets all users at a client that goes: its name may be another's next.
  void Happened(const Event& event) override;

  /// Whether one of the user's grants to the client came of a consent that
  /// `actor` began, ended or not. Takes as long whether the user exists or not.
  bool Has(const Actor& actor, absl::string_view user,
           absl::string_view client) const;

 private:
  static constexpr std::size_t kShards = 16;

  struct View {
    absl::string_view actor;
    absl::string_view user;
    absl::string_view client;

    friend bool operator==(const View& a, const View& b) = default;
  };
  struct Key {
    std::string actor;
    std::string user;
    std::string client;

    operator View() const { return {actor, user, client}; }
  };
  // Both take a Key or a View: to look one up costs no copy.
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(const View& view) const {
      return absl::HashOf(view.actor, view.user, view.client);
    }
  };
  struct Equal {
    using is_transparent = void;
    bool operator()(const View& a, const View& b) const { return a == b; }
  };
  struct Shard {
    mutable std::shared_mutex mutex;
    absl::flat_hash_set<Key, Hash, Equal> keys;
  };

  static std::size_t PlaceOf(const View& view) {
    // The set uses the low bits of the same hash: take others.
    return (Hash()(view) >> 40) % kShards;
  }

  std::array<Shard, kShards> shards_;
};

/// Notes all that the ledger knows. Waits for it: for the start alone.
absl::Status LoadOwnUsers(Journal& journal, OwnUsers& own_users);

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_OWN_USERS_H_
