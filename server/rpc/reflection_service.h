// grpc.reflection.v1alpha.ServerReflection: lets tools that have no .proto at
// hand call the services. Tells every caller what is public anyhow; no thread
// waits for one. Thread-safe.

#ifndef BURSAR_SERVER_RPC_REFLECTION_SERVICE_H_
#define BURSAR_SERVER_RPC_REFLECTION_SERVICE_H_

#include <string>
#include <utility>
#include <vector>

#include "grpc/reflection/v1alpha/reflection.grpc.pb.h"

namespace bursar {

class ReflectionService final
    : public grpc::reflection::v1alpha::ServerReflection::
          WithRawCallbackMethod_ServerReflectionInfo<
              grpc::reflection::v1alpha::ServerReflection::Service> {
 public:
  /// Lists `services`, whose definitions must be linked into the program.
  explicit ReflectionService(std::vector<std::string> services)
      : services_(std::move(services)) {}

  /// A stream lasts as long as its caller likes and is not one of the calls
  /// that a drain waits for.
  grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>*
  ServerReflectionInfo(grpc::CallbackServerContext* context) override;

 private:
  const std::vector<std::string> services_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_RPC_REFLECTION_SERVICE_H_
