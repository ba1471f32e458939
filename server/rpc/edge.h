// The one way in. Every RPC goes through Edge::Receive, most through
// Edge::Serve: the caller is authenticated, then the policy is asked and the
// caller's limits are, and only then is the request validated. What is too much
// for the server is turned away before any of it. The clock is read once a
// call, and once more after waiting for the verdict on a caller. Thread-safe.

#ifndef BURSAR_SERVER_RPC_EDGE_H_
#define BURSAR_SERVER_RPC_EDGE_H_

#include <cstdint>
#include <utility>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/server_callback.h"
#include "server/base/clock.h"
#include "server/messages/message_arena.h"
#include "server/rpc/authenticator.h"
#include "server/rpc/call.h"
#include "server/rpc/gate.h"
#include "server/rpc/in_flight.h"
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
  /// `most_in_flight`: how many calls may be answered at once.
  Edge(const Clock& clock, Authenticator& authenticator, const Gate& gate,
       int64_t most_in_flight)
      : clock_(clock),
        authenticator_(authenticator),
        gate_(gate),
        in_flight_(most_in_flight) {}

  /// Answers a call that has one answer. Receives it, and hands what `validate`
  /// made to `run` with a Call and a Reply<Response>.
  template <typename Request, typename Response, typename Validate,
            typename Run>
  grpc::ServerUnaryReactor* Serve(const IncomingCall& incoming,
                                  Validate validate, Run run) {
    grpc::ServerUnaryReactor* reactor = incoming.context->DefaultReactor();
    Receive<Request>(
        incoming, std::move(validate),
        [run = std::move(run),
         reply =
             Reply<Response>(reactor, incoming.response, in_flight_.Begin())](
            auto validated, const Call& call, CallerLimits::Pass pass) mutable {
          if (!validated.ok()) return reply.Refuse(validated.status());
          reply.Hold(std::move(pass));
          run(*std::move(validated), call, std::move(reply));
        });
    return reactor;
  }

  /// Lets a call in, or not: authenticates the caller, reads a `Request`, asks
  /// the policy, and has `validate` turn the request into what the core takes
  /// (a StatusOr of it, from a Request& that it may take apart). `then` is told
  /// that or the refusal, the Call, and the caller's pass, to be kept until the
  /// call ends; on this stack if all that decides is at hand, else later, from
  /// a thread that must not be kept waiting. Until then the call must not end:
  /// a stream's reactor, made before, may not Finish.
  template <typename Request, typename Validate, typename Then>
  void Receive(const IncomingCall& incoming, Validate validate, Then then) {
    if (in_flight_.overloaded()) {
      return Refuse<Request>(Overloaded(), validate, then);
    }
    const absl::Time now = clock_.Now();
    auto known = authenticator_.AtHand(*incoming.context, now);
    if (known) {
      return Judge<Request>(incoming, *std::move(known), now, validate, then);
    }
    authenticator_.Find(
        *incoming.context, now,
        [this, incoming, validate = std::move(validate),
         then = std::move(then)](Authenticator::Verdict verdict) mutable {
          Judge<Request>(incoming, std::move(verdict), clock_.Now(), validate,
                         then);
        });
  }

  /// Whether the call that was let in as `actor` would be still: OK, or the
  /// refusal. For calls that last, which must not end before `done` is told; on
  /// this stack, or from a thread that must not be kept waiting.
  void JudgeAgain(grpc::ServerContextBase& context, const Actor& actor,
                  absl::AnyInvocable<void(absl::Status)> done);

  InFlight& in_flight() { return in_flight_; }

 private:
  struct Admission {
    Gate::Opened opened;
    Call call;
  };

  template <typename Request, typename Validate, typename Then>
  static void Refuse(const absl::Status& status, Validate& validate,
                     Then& then) {
    using Validated = decltype(validate(std::declval<Request&>()));
    then(Validated(status), Call(), CallerLimits::Pass());
  }

  template <typename Request, typename Validate, typename Then>
  void Judge(const IncomingCall& incoming, Authenticator::Verdict caller,
             absl::Time now, Validate& validate, Then& then) {
    MessageArena arena;
    auto& request = arena.Make<Request>();
    Admission admission = Admit(incoming, std::move(caller), now, request);
    Gate::Opened& opened = admission.opened;
    if (!opened.status.ok()) {
      return Refuse<Request>(opened.status, validate, then);
    }
    if (!opened.owner) {
      return then(validate(request), admission.call, std::move(opened.pass));
    }
    const Gate::OwnerQuestion question = *std::move(opened.owner);
    gate_.JudgeOwner(
        admission.call.actor, question,
        [call = admission.call, pass = std::move(opened.pass),
         request = std::move(request), validate = std::move(validate),
         then = std::move(then)](absl::Status allowed) mutable {
          if (!allowed.ok()) return Refuse<Request>(allowed, validate, then);
          then(validate(request), call, std::move(pass));
        });
  }

  static absl::Status Overloaded();

  /// Whether to go on with a call of `caller`'s. Reads the request, as far as
  /// that goes.
  Admission Admit(const IncomingCall& incoming, Authenticator::Verdict caller,
                  absl::Time now, google::protobuf::Message& request) const;

  const Clock& clock_;
  Authenticator& authenticator_;
  const Gate& gate_;
  InFlight in_flight_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_RPC_EDGE_H_
