// Many callers that watch for revocations, as one object: so many streams over
// a few connections. Used from one thread; streams are read on gRPC's.

#ifndef BURSAR_TESTS_JOURNEY_HARNESS_WATCHERS_H_
#define BURSAR_TESTS_JOURNEY_HARNESS_WATCHERS_H_

#include <grpcpp/channel.h>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "bursar/v1/token_broker.grpc.pb.h"

namespace bursar::journey {

class Watchers {
 public:
  using Time = std::chrono::steady_clock::time_point;

  /// Each names `grants` as those whose tokens it holds.
  Watchers(const std::string& target, int count,
           const std::vector<std::string>& grants = {});

  /// Ends the streams.
  ~Watchers();

  /// Waits until each has been told all that was dead when it began; whether
  /// that came.
  bool AwaitSynced();

  /// Waits until each has heard that the grant's tokens are dead; whether all
  /// have.
  bool AwaitHeard(const std::string& grant);

  /// Waits until all streams have ended.
  bool AwaitEnded();

  /// When they heard of the grant, one after the other; each counts once.
  std::vector<Time> HeardAt(const std::string& grant) const;

  /// Every grant that any of them heard of.
  std::vector<std::string> Heard() const;

 private:
  class Stream;

  bool Await(const std::function<bool()>& holds);

  const std::size_t count_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  // Guarded by mutex_.
  std::size_t synced_ = 0;
  std::size_t ended_ = 0;
  std::map<std::string, std::vector<Time>> heard_at_;

  std::vector<std::shared_ptr<grpc::Channel>> channels_;
  std::vector<std::unique_ptr<v1::TokenBroker::Stub>> stubs_;
  std::vector<std::unique_ptr<Stream>> streams_;
};

}  // namespace bursar::journey

#endif  // BURSAR_TESTS_JOURNEY_HARNESS_WATCHERS_H_
