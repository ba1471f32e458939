// Hears from the broker of tokens that are dead before their time, and drops
// them from the table, for as long as the table holds any. Owned by the token
// service, beside the table that it borrows. Nobody's thread waits: one stream
// is open at a time, read by callbacks; what fails is tried again when the
// service's sweep comes by. Thread-safe.

#ifndef BURSAR_CLIENT_REVOCATION_LISTENER_H_
#define BURSAR_CLIENT_REVOCATION_LISTENER_H_

#include <grpcpp/channel.h>

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "bursar/v1/token_broker.grpc.pb.h"
#include "client/retry_policy.h"
#include "client/token_table.h"

namespace bursar::client {

class RevocationListener {
 public:
  RevocationListener(const std::shared_ptr<grpc::Channel>& channel,
                     const RetryPolicy& policy, TokenTable& table,
                     std::function<absl::Time()> now);

  /// Opens the stream if the table holds tokens, none is open and it is time;
  /// ends it if the table holds none. `keep` is held while it is open, and must
  /// keep this object.
  void Tend(std::shared_ptr<const void> keep);

  /// Ends the stream, and opens no more.
  void Close();

 private:
  using SteadyTime = std::chrono::steady_clock::time_point;

  class Stream;

  void OnEnd(const absl::Status& status);
  void OnSynced();

  const RetryPolicy policy_;
  TokenTable& table_;
  const std::function<absl::Time()> now_;
  const std::unique_ptr<v1::TokenBroker::Stub> broker_;

  std::mutex mutex_;
  // Guarded by mutex_. The stream deletes itself after OnEnd.
  Stream* stream_ = nullptr;
  bool closed_ = false;
  // How often in a row it ended before it had told what was dead.
  int failures_ = 0;
  SteadyTime next_time_ = SteadyTime::min();
};

}  // namespace bursar::client

#endif  // BURSAR_CLIENT_REVOCATION_LISTENER_H_
