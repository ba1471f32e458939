// WatchRevocations as a test scripts it: whoever watches hears what the test
// tells. Thread-safe.

#ifndef BURSAR_TESTS_UNIT_CLIENT_SCRIPTED_WATCH_H_
#define BURSAR_TESTS_UNIT_CLIENT_SCRIPTED_WATCH_H_

#include <grpcpp/support/server_callback.h>

#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "bursar/v1/token_broker.pb.h"

namespace bursar::client {

class ScriptedWatch {
 public:
  /// From now on calls are let in; before, the method is not there.
  void Serve();
  /// From now on calls are refused.
  void Refuse(grpc::Status status);

  /// Tells all who watch now.
  void Synced();
  void TellDead(const std::string& grant, int64_t generation);
  /// Ends the streams that are open now.
  void End(const grpc::Status& status);

  /// How many watch now.
  std::size_t open() const;
  /// What was asked, call by call.
  std::vector<v1::WatchRevocationsRequest> calls() const;

  /// The answer to a call.
  grpc::ServerWriteReactor<v1::RevocationNotice>* Answer(
      const v1::WatchRevocationsRequest& request);

 private:
  class Stream;

  void Tell(const v1::RevocationNotice& notice);

  mutable std::mutex mutex_;
  // Guarded by mutex_.
  grpc::Status refusal_{grpc::StatusCode::UNIMPLEMENTED, "not in the script"};
  std::vector<v1::WatchRevocationsRequest> calls_;
  std::set<Stream*> streams_;
};

}  // namespace bursar::client

#endif  // BURSAR_TESTS_UNIT_CLIENT_SCRIPTED_WATCH_H_
