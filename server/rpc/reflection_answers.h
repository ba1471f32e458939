// What one caller of grpc.reflection.v1alpha is told, request by request: which
// services there are, and the files that define them. Borrows both, which must
// outlive it. One for each stream; not thread-safe.

#ifndef BURSAR_SERVER_RPC_REFLECTION_ANSWERS_H_
#define BURSAR_SERVER_RPC_REFLECTION_ANSWERS_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "google/protobuf/descriptor.h"
#include "grpc/reflection/v1alpha/reflection.pb.h"

namespace bursar {

class ReflectionAnswers {
 public:
  using Request = grpc::reflection::v1alpha::ServerReflectionRequest;
  using Response = grpc::reflection::v1alpha::ServerReflectionResponse;

  /// `services` are listed as they stand; `definitions` should hold them.
  ReflectionAnswers(const std::vector<std::string>& services,
                    const google::protobuf::DescriptorPool& definitions)
      : services_(services), definitions_(definitions) {}

  /// Never fails: what is not found is told in the answer's error_response, by
  /// a grpc::StatusCode. A file that is asked for comes first in its answer,
  /// also when it comes again. All that it imports, however far, follows,
  /// unless it was in an earlier answer: reflection.proto allows a server that,
  /// and callers keep what they were given.
  Response Answer(const Request& request);

 private:
  void TellServices(Response& answer) const;
  void TellFile(const google::protobuf::FileDescriptor* file, Response& answer);
  void TellExtensions(const std::string& type, Response& answer) const;

  const google::protobuf::FileDescriptor* FileExtending(
      const grpc::reflection::v1alpha::ExtensionRequest& extension) const;
  void AddWithImports(const google::protobuf::FileDescriptor& file,
                      grpc::reflection::v1alpha::FileDescriptorResponse& files);

  const std::vector<std::string>& services_;
  const google::protobuf::DescriptorPool& definitions_;
  absl::flat_hash_set<const google::protobuf::FileDescriptor*> told_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_RPC_REFLECTION_ANSWERS_H_
