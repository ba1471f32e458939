// The one way in. Every RPC goes through Edge::Serve: the caller is
// authenticated, then the policy is asked, and only then is the request
// validated. The clock is read once a call. Thread-safe.

#ifndef BURSAR_SERVER_RPC_EDGE_H_
#define BURSAR_SERVER_RPC_EDGE_H_

#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/server_callback.h"
#include "server/base/clock.h"
#include "server/rpc/call.h"
#include "server/rpc/in_flight.h"
#include "server/rpc/policy.h"
#include "server/rpc/reply.h"
#include "server/rpc/wire.h"

namespace bursar {

/// A call as gRPC hands it in, its bytes unread.
struct IncomingCall {
  /// "Service.Method".
  absl::string_view method;
  grpc::CallbackServerContext* context;
  const grpc::ByteBuffer* request;
  grpc::ByteBuffer* response;
};

class Edge {
 public:
  Edge(const Clock& clock, const Policy& policy)
      : clock_(clock), policy_(policy) {}

  /// Reads a `Request`, has `validate` turn it into what the core takes (a
  /// StatusOr of it, from a Request& that it may take apart), and hands that to
  /// `run` with a Call and a Reply<Response>.
  template <typename Request, typename Response, typename Validate,
            typename Run>
  grpc::ServerUnaryReactor* Serve(const IncomingCall& incoming,
                                  Validate validate, Run run) {
    grpc::ServerUnaryReactor* reactor = incoming.context->DefaultReactor();
    Reply<Response> reply(reactor, incoming.response, in_flight_.Begin());
    Request request;
    absl::StatusOr<Call> call = Admit(incoming, request);
    if (!call.ok()) {
      reply.Refuse(call.status());
      return reactor;
    }
    auto validated = validate(request);
    if (!validated.ok()) {
      reply.Refuse(validated.status());
      return reactor;
    }
    run(*std::move(validated), *call, std::move(reply));
    return reactor;
  }

  InFlight& in_flight() { return in_flight_; }

 private:
  /// Reads the request, and says whether to go on with it.
  absl::StatusOr<Call> Admit(const IncomingCall& incoming,
                             google::protobuf::Message& request) const;

  const Clock& clock_;
  const Policy& policy_;
  InFlight in_flight_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_RPC_EDGE_H_
