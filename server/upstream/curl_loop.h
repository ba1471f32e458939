// The event loop: one thread, one libcurl multi handle. Thread-safe.

#ifndef BURSAR_SERVER_UPSTREAM_CURL_LOOP_H_
#define BURSAR_SERVER_UPSTREAM_CURL_LOOP_H_

#include <curl/curl.h>

#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "server/upstream/curl_transfer.h"
#include "server/upstream/curl_transport.h"
#include "server/upstream/transport.h"

namespace bursar {

class CurlLoop {
 public:
  /// Null if libcurl has no memory for it.
  static std::unique_ptr<CurlLoop> Start(UpstreamLimits limits);

  CurlLoop(const CurlLoop&) = delete;
  CurlLoop& operator=(const CurlLoop&) = delete;

  void Add(HttpRequest request, Transport::Done done);

  /// Ends what is under way, as CurlTransport promises, and the thread. To be
  /// called once, before the loop goes; requests that are added meanwhile end
  /// at once.
  void Stop();

 private:
  using Transfers = std::vector<std::unique_ptr<CurlTransfer>>;

  struct Cleanup {
    void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
  };

  CurlLoop(UpstreamLimits limits, CURLM* multi);

  // All below run on thread_.
  void Run();
  bool TakeArrivals();
  void Begin(std::unique_ptr<CurlTransfer> transfer);
  void EndFinished();
  int EndOverdue();
  void EndAll();
  std::unique_ptr<CurlTransfer> Release(CURL* handle);

  const UpstreamLimits limits_;
  const std::unique_ptr<CURLM, Cleanup> multi_;
  // Touched by thread_ alone.
  absl::flat_hash_map<CURL*, std::unique_ptr<CurlTransfer>> active_;

  std::mutex mutex_;
  // Guarded by mutex_.
  Transfers arrivals_;
  bool stopping_ = false;

  std::thread thread_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_UPSTREAM_CURL_LOOP_H_
