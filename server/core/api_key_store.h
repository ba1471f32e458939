// Port: keys that operators make for callers who have nothing better, without
// what the callers show: a role of a Ledger (ledger.h), whose rules hold here
// too.

#ifndef BURSAR_SERVER_CORE_API_KEY_STORE_H_
#define BURSAR_SERVER_CORE_API_KEY_STORE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "server/core/ledger_types.h"
#include "server/core/types.h"

namespace bursar {

/// One API key: its name for operators and the ledger, no secret.
using ApiKeyId = Id<struct ApiKeyTag>;

struct ApiKey {
  ApiKeyId id;
  /// Who its bearer is: several keys may make the same caller.
  std::string name;
  /// Who made it.
  Actor actor;
  absl::Time created;
  absl::Time expiry;
  /// To the hour.
  std::optional<absl::Time> last_used;
  std::optional<absl::Time> revoked;
};

/// A key with what a caller's secret is compared with.
struct KnownApiKey {
  ApiKey key;
  /// A digest of the secret, which is nowhere.
  std::string digest;
};

class ApiKeyStore {
 public:
  virtual ~ApiKeyStore() = default;

  /// Must return ALREADY_EXISTS if there is or was a key of that id.
  virtual absl::Status Add(const KnownApiKey& key) = 0;

  /// Every key that is neither revoked nor expired.
  virtual absl::StatusOr<std::vector<KnownApiKey>> Living(absl::Time now) = 0;

  /// Newest first, those that have ended included.
  virtual absl::StatusOr<Page<ApiKey>> List(const PageRequest& page) = 0;

  /// The key as it is now. Must return NOT_FOUND if there is no such key, or it
  /// is revoked already.
  virtual absl::StatusOr<ApiKey> Revoke(const ApiKeyId& id, absl::Time now) = 0;

  /// Notes that it was used then, unless a later use is known.
  virtual absl::Status NoteUse(const ApiKeyId& id, absl::Time when) = 0;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_API_KEY_STORE_H_
