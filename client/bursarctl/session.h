// Calls from the command line to the broker: one after the other, each with the
// same deadline. Owns the channel, which is opened by the first call.
// Single-threaded.

#ifndef BURSAR_CLIENT_BURSARCTL_SESSION_H_
#define BURSAR_CLIENT_BURSARCTL_SESSION_H_

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "client/channel.h"
#include "client/status.h"

namespace bursar::client {

struct SessionOptions {
  std::string address;
  TlsFiles tls;
  std::string bearer_token_file;
  bool allow_clear_text = false;
  absl::Duration timeout = absl::Seconds(10);
};

class Session {
 public:
  explicit Session(SessionOptions options) : options_(std::move(options)) {}

  /// One call: Call<v1::Clients>(&v1::Clients::Stub::GetClient, request).
  template <typename Service, typename Request, typename Response>
  absl::StatusOr<Response> Call(
      grpc::Status (Service::Stub::*method)(grpc::ClientContext*,
                                            const Request&, Response*),
      const Request& request) {
    if (absl::Status status = Open(); !status.ok()) return status;
    const auto stub = Service::NewStub(channel_);
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() +
                         absl::ToChronoNanoseconds(options_.timeout));
    Response response;
    const grpc::Status status =
        (stub.get()->*method)(&context, request, &response);
    if (!status.ok()) return ToStatus(status);
    return response;
  }

  /// All pages of a list in one response, or as many as hold `limit` items;
  /// 0 is no limit. `count` says how many a response holds.
  template <typename Service, typename Request, typename Response,
            typename Count>
  absl::StatusOr<Response> List(
      grpc::Status (Service::Stub::*method)(grpc::ClientContext*,
                                            const Request&, Response*),
      Request request, int limit, Count count) {
    Response all;
    do {
      request.set_page_size(
          limit == 0 ? kPageSize : std::min(kPageSize, limit - count(all)));
      auto page = Call<Service>(method, request);
      if (!page.ok()) return page.status();
      request.set_page_token(page->next_page_token());
      page->clear_next_page_token();
      all.MergeFrom(*page);
    } while (!request.page_token().empty() &&
             (limit == 0 || count(all) < limit));
    return all;
  }

 private:
  static constexpr int kPageSize = 1000;

  absl::Status Open();

  const SessionOptions options_;
  std::shared_ptr<grpc::Channel> channel_;
};

}  // namespace bursar::client

#endif  // BURSAR_CLIENT_BURSARCTL_SESSION_H_
