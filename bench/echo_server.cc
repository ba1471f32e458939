// A bare gRPC server with the callback API and one call: what the transport
// costs by itself.
//
//   bench_echo_server READY_FILE ADDRESS [CERTIFICATE KEY CLIENT_CA]
//
// Serves at ADDRESS, as gRPC writes it, until it is ended, and says in
// READY_FILE where that is. With PEM files it speaks TLS and demands a
// certificate.

#include <grpcpp/grpcpp.h>

#include <filesystem>
#include <fstream>
#include <iterator>
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

std::string Content(const char* path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::shared_ptr<grpc::ServerCredentials> CredentialsOf(int argc, char** argv) {
  if (argc < 6) return grpc::InsecureServerCredentials();
  grpc::SslServerCredentialsOptions options(
      GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
  options.pem_key_cert_pairs.push_back({Content(argv[4]), Content(argv[3])});
  options.pem_root_certs = Content(argv[5]);
  return grpc::SslServerCredentials(options);
}

// Appears whole or not at all.
void WriteReady(const std::string& path, const std::string& address) {
  std::ofstream(path + ".new") << address;
  std::filesystem::rename(path + ".new", path);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3 && argc != 6) return 2;
  EchoService service;
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort(argv[2], CredentialsOf(argc, argv), &port);
  builder.RegisterService(&service);
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (!server) return 1;
  const std::string address = argv[2];
  WriteReady(argv[1], address.rfind("unix:", 0) == 0
                          ? address
                          : "127.0.0.1:" + std::to_string(port));
  server->Wait();
  return 0;
}
