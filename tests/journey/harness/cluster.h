// The API server of a cluster, as far as a broker asks it: publishes keys, and
// judges tokens itself. Owns a server and its threads. Thread-safe.

#ifndef BURSAR_TESTS_JOURNEY_HARNESS_CLUSTER_H_
#define BURSAR_TESTS_JOURNEY_HARNESS_CLUSTER_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "tests/fakes/certificate_files.h"

namespace httplib {
class Server;
}  // namespace httplib

namespace bursar::journey {

class Cluster {
 public:
  /// What whoever asks for a judgement must show.
  static constexpr char kOwnToken[] = "own-token";

  /// At http://127.0.0.1.
  Cluster();
  /// At https://localhost.
  explicit Cluster(const CertificateFiles& shown);
  ~Cluster();

  std::string KeySetUrl() const { return url_ + "/keys"; }
  std::string ReviewUrl() const { return url_ + "/review"; }

  /// From now on this is the key set.
  void Publish(std::string key_set);
  /// From now on this token is judged good, and no other.
  void FindGood(std::string token);
  /// Whether everything is answered by an error from now on.
  void SetDown(bool down) { down_ = down; }

  /// How many connections were made, whatever came of them.
  int64_t connections() const { return connections_; }
  /// How often it was asked anything.
  int64_t requests() const { return requests_; }
  /// The header `Authorization` of the last who asked.
  std::string shown() const;

 private:
  Cluster(std::unique_ptr<httplib::Server> server, const std::string& origin);

  void Answer();
  std::string Review(const std::string& body) const;

  std::atomic<int64_t> connections_{0};
  std::atomic<int64_t> requests_{0};
  std::atomic<bool> down_{false};
  mutable std::mutex mutex_;
  // Guarded by mutex_.
  std::string key_set_;
  std::string good_;
  std::string shown_;

  const std::unique_ptr<httplib::Server> server_;
  const std::string url_;
  std::thread thread_;
};

}  // namespace bursar::journey

#endif  // BURSAR_TESTS_JOURNEY_HARNESS_CLUSTER_H_
