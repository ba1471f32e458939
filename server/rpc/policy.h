// Port: what a caller may do. Asked about every call after the caller is known
// and before any field is judged, so that whoever may not ask learns nothing.
// Thread-safe.

#ifndef BURSAR_SERVER_RPC_POLICY_H_
#define BURSAR_SERVER_RPC_POLICY_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"
#include "server/core/types.h"

namespace bursar {

class Policy {
 public:
  virtual ~Policy() = default;

  /// OK if `actor` may make this call. `method` is "Service.Method"; `request`
  /// is what was read of it, not validated, perhaps not whole.
  virtual absl::Status Check(
      const Actor& actor, absl::string_view method,
      const google::protobuf::Message& request) const = 0;
};

/// Whoever can open a connection may do everything: the listeners' addresses
/// and certificates are the only gate.
class AllowAll final : public Policy {
 public:
  absl::Status Check(const Actor&, absl::string_view,
                     const google::protobuf::Message&) const override {
    return absl::OkStatus();
  }
};

}  // namespace bursar

#endif  // BURSAR_SERVER_RPC_POLICY_H_
