// A request that was sent and whose end is awaited. Thread-safe as a future is.

#ifndef BURSAR_TESTS_UNIT_UPSTREAM_PENDING_H_
#define BURSAR_TESTS_UNIT_UPSTREAM_PENDING_H_

#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <memory>
#include <string>
#include <utility>
#include <variant>

#include "server/upstream/curl_transport.h"
#include "server/upstream/transport.h"

namespace bursar {

inline std::unique_ptr<CurlTransport> TransportWith(UpstreamLimits limits) {
  auto transport = CurlTransport::Create(std::move(limits));
  EXPECT_TRUE(transport.ok());
  return *std::move(transport);
}

inline HttpRequest RequestTo(const std::string& url,
                             const std::string& body = "a=1") {
  HttpRequest request;
  request.url = Secret::Copy(url);
  request.body = Secret::Copy(body);
  return request;
}

class Pending {
 public:
  Pending(Transport& transport, HttpRequest request) {
    std::promise<HttpResult> promise;
    result_ = promise.get_future();
    transport.Send(std::move(request),
                   [promise = std::move(promise)](HttpResult result) mutable {
                     promise.set_value(std::move(result));
                   });
  }

  bool ended() const {
    return result_.wait_for(std::chrono::seconds(0)) ==
           std::future_status::ready;
  }

  /// The end, which must come within half a minute.
  HttpResult Await() {
    if (result_.wait_for(std::chrono::seconds(30)) !=
        std::future_status::ready) {
      ADD_FAILURE() << "the request never ended";
      return HttpFailure{};
    }
    return result_.get();
  }

  HttpAnswer AwaitAnswer() {
    HttpResult result = Await();
    EXPECT_TRUE(std::holds_alternative<HttpAnswer>(result));
    auto* answer = std::get_if<HttpAnswer>(&result);
    return answer == nullptr ? HttpAnswer{} : std::move(*answer);
  }

  void ExpectFailure(Trouble trouble, bool sent) {
    const HttpResult result = Await();
    ASSERT_TRUE(std::holds_alternative<HttpFailure>(result));
    EXPECT_EQ(std::get<HttpFailure>(result).trouble, trouble);
    EXPECT_EQ(std::get<HttpFailure>(result).sent, sent);
  }

 private:
  std::future<HttpResult> result_;
};

}  // namespace bursar

#endif  // BURSAR_TESTS_UNIT_UPSTREAM_PENDING_H_
