// A bare gRPC server with the callback API and one call: what the transport
// costs by itself. Serves at the address given, as gRPC writes it, until it is
// ended.

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>

#include "bursar/bench/echo.grpc.pb.h"

namespace {

class EchoService final : public bursar::bench::Echo::CallbackService {
 public:
  grpc::ServerUnaryReactor* Echo(grpc::CallbackServerContext* context,
                                 const bursar::bench::EchoRequest* request,
                                 bursar::bench::EchoReply* reply) override {
    reply->mutable_payload()->assign(
        static_cast<std::size_t>(request->reply_bytes()), '\0');
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  EchoService service;
  grpc::ServerBuilder builder;
  builder.AddListeningPort(argv[1], grpc::InsecureServerCredentials());
  builder.RegisterService(&service);
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (!server) return 1;
  server->Wait();
  return 0;
}
