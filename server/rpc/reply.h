// The answer to one call: sent once, from whatever thread has it. A reply that
// goes unsent (its task was dropped at shutdown) refuses the call, so that no
// caller waits for ever. Owned by whoever is to answer; not thread-safe.

#ifndef BURSAR_SERVER_RPC_REPLY_H_
#define BURSAR_SERVER_RPC_REPLY_H_

#include <utility>

#include "absl/status/status.h"
#include "google/protobuf/message.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/server_callback.h"
#include "server/core/caller_limits.h"
#include "server/rpc/in_flight.h"

namespace bursar {

/// What all replies share, whatever their message.
class AnyReply {
 public:
  AnyReply(grpc::ServerUnaryReactor* reactor, grpc::ByteBuffer* response,
           InFlight::Ticket ticket)
      : reactor_(reactor), response_(response), ticket_(std::move(ticket)) {}
  AnyReply(AnyReply&& other) noexcept
      : reactor_(std::exchange(other.reactor_, nullptr)),
        response_(other.response_),
        ticket_(std::move(other.ticket_)),
        pass_(std::move(other.pass_)) {}
  AnyReply& operator=(AnyReply&&) = delete;
  ~AnyReply();

  void Refuse(const absl::Status& status);

  /// Keeps the caller's pass until the answer is sent.
  void Hold(CallerLimits::Pass pass) { pass_ = std::move(pass); }

 protected:
  void SendMessage(const google::protobuf::Message& message);

 private:
  void Finish(const grpc::Status& status);

  grpc::ServerUnaryReactor* reactor_;  // Null once sent or moved from.
  grpc::ByteBuffer* response_;
  InFlight::Ticket ticket_;
  CallerLimits::Pass pass_;
};

template <typename Response>
class Reply : public AnyReply {
 public:
  using AnyReply::AnyReply;

  void Send(const Response& response) { SendMessage(response); }
};

}  // namespace bursar

#endif  // BURSAR_SERVER_RPC_REPLY_H_
