// Port: a role of the ledger (ledger.h) that says who began the consents which
// grants came of.

#ifndef BURSAR_SERVER_CORE_BEGUN_GRANT_STORE_H_
#define BURSAR_SERVER_CORE_BEGUN_GRANT_STORE_H_

#include "absl/status/statusor.h"
#include "server/core/ledger_types.h"

namespace bursar {

class BegunGrantStore {
 public:
  virtual ~BegunGrantStore() = default;

  /// One for each grant, ended or not, of a client that is there and of which
  /// it is known who began it; oldest first.
  virtual absl::StatusOr<Page<BegunGrant>> List(const PageRequest& page) = 0;

  /// The grant's; its actor is empty where it is not known. Must return
  /// NOT_FOUND if there is no such grant.
  virtual absl::StatusOr<BegunGrant> Get(const GrantId& id) = 0;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_BEGUN_GRANT_STORE_H_
