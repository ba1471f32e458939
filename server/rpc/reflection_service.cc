#include "server/rpc/reflection_service.h"

#include "server/rpc/reflection_answers.h"
#include "server/rpc/status.h"
#include "server/rpc/wire.h"

namespace bursar {
namespace {

// One caller's stream: reads a request, writes its answer, and so on in turn.
// Owns itself, until gRPC is done with it.
class ReflectionStream final
    : public grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  explicit ReflectionStream(const std::vector<std::string>& services)
      : answers_(services,
                 *google::protobuf::DescriptorPool::generated_pool()) {
    StartRead(&request_);
  }

  void OnReadDone(bool was_read) override {
    if (!was_read) return Finish(grpc::Status::OK);
    ReflectionAnswers::Request request;
    const absl::Status readable = ReadMessage(request_, request);
    if (!readable.ok()) return Finish(ToGrpc(readable));
    response_ = WriteMessage(answers_.Answer(request));
    StartWrite(&response_);
  }

  void OnWriteDone(bool was_written) override {
    if (!was_written) return Finish(grpc::Status::OK);
    StartRead(&request_);
  }

  void OnDone() override { delete this; }

 private:
  ReflectionAnswers answers_;
  grpc::ByteBuffer request_;
  grpc::ByteBuffer response_;
};

}  // namespace

grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>*
ReflectionService::ServerReflectionInfo(grpc::CallbackServerContext*) {
  return new ReflectionStream(services_);
}

}  // namespace bursar
