// API keys: made by operators, shown by callers who have nothing better. Keeps
// in memory what tells good ones from others; what a caller shows is kept
// nowhere. Borrows the journal. Thread-safe.
//
// A key's text is "bursar_", its id, and its secret; both of fixed length.

#ifndef BURSAR_SERVER_IDENTITY_API_KEYS_H_
#define BURSAR_SERVER_IDENTITY_API_KEYS_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <shared_mutex>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "server/base/random.h"
#include "server/base/secret.h"
#include "server/core/api_key_store.h"
#include "server/core/journal.h"

namespace bursar {

class ApiKeys {
 public:
  struct Made {
    ApiKey key;
    /// What the caller shows. This is the only time it is told.
    Secret text;
  };
  using MadeDone = absl::AnyInvocable<void(absl::StatusOr<Made>)>;
  using RevokedDone = absl::AnyInvocable<void(absl::StatusOr<ApiKey>)>;

  ApiKeys(Journal& journal, Random& random)
      : journal_(journal), random_(random) {}

  /// Reads which keys there are. Blocks; called once, before any other.
  absl::Status Load(absl::Time now);

  /// Whether `text` says that it is an API key.
  static bool IsOne(absl::string_view text);

  /// "api-key:NAME" for a key that is good at `now`. Otherwise UNAUTHENTICATED,
  /// with the reason for the log.
  absl::StatusOr<Actor> Judge(absl::string_view text, absl::Time now);

  /// Makes a key for "api-key:`name`" that is good for `life`, in the name of
  /// `actor`. Told when it is durable, and good from then on.
  void Create(const std::string& name, absl::Duration life, const Actor& actor,
              absl::Time now, MadeDone done);

  /// Ends a key. Told when that is durable; by then it is good no more.
  /// NOT_FOUND if there is no such key, or it was ended before.
  void Revoke(const ApiKeyId& id, const Actor& actor, absl::Time now,
              RevokedDone done);

 private:
  struct Known {
    std::string digest;
    Actor actor;
    absl::Time expiry;
    /// The hour of the last use that was noted, counted from 1970.
    std::atomic<int64_t> noted_hour{0};
  };

  void Remember(const KnownApiKey& key);
  void Forget(const ApiKeyId& id);
  void NoteUse(const ApiKeyId& id, Known& known, absl::Time now);

  Journal& journal_;
  Random& random_;
  std::shared_mutex mutex_;
  // Guarded by mutex_.
  absl::flat_hash_map<std::string, std::unique_ptr<Known>> known_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_IDENTITY_API_KEYS_H_
