// One request in libcurl's hands. Belongs to the loop's thread from Prepare on;
// not thread-safe.

#ifndef BURSAR_SERVER_UPSTREAM_CURL_TRANSFER_H_
#define BURSAR_SERVER_UPSTREAM_CURL_TRANSFER_H_

#include <curl/curl.h>

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>

#include "server/upstream/curl_transport.h"
#include "server/upstream/secret_builder.h"
#include "server/upstream/transport.h"

namespace bursar {

class CurlTransfer {
 public:
  using Instant = std::chrono::steady_clock::time_point;

  CurlTransfer(HttpRequest request, Transport::Done done);
  CurlTransfer(const CurlTransfer&) = delete;
  CurlTransfer& operator=(const CurlTransfer&) = delete;

  /// Makes the handle ready to be added to a multi handle. Otherwise says why
  /// the request cannot be sent.
  std::optional<Trouble> Prepare(const UpstreamLimits& limits);

  CURL* handle() const { return handle_.get(); }

  /// When the request has taken too long, or has been silent for too long. Not
  /// libcurl's own timeouts: they neither count while a request waits for a
  /// connection nor measure silence in less than seconds.
  Instant Deadline(const UpstreamLimits& limits) const;

  /// Tells how the request ended. The handle must not be in use any more.
  void Finish(CURLcode code);
  void Fail(Trouble trouble);

 private:
  struct Cleanup {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  };

  static int BeforeRequest(void* self, char*, char*, int, int);
  static std::size_t TakeBody(char* bytes, std::size_t one, std::size_t count,
                              void* self);
  static std::size_t TakeHeader(char* bytes, std::size_t one, std::size_t count,
                                void* self);

  bool SetUp(const UpstreamLimits& limits);
  bool AddHeaders();
  HttpAnswer TakeAnswer();
  bool sent() const { return last_heard_.has_value(); }
  void Heard() { last_heard_ = std::chrono::steady_clock::now(); }

  HttpRequest request_;
  Transport::Done done_;
  std::size_t max_answer_bytes_ = 0;
  const Instant arrived_ = std::chrono::steady_clock::now();
  // When the server was last heard, or the request went out; nothing before.
  std::optional<Instant> last_heard_;
  SecretBuilder answer_;
  std::unique_ptr<curl_slist, Cleanup> headers_;
  std::unique_ptr<CURL, Cleanup> handle_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_UPSTREAM_CURL_TRANSFER_H_
