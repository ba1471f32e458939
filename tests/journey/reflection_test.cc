// What grpcurl does, with no .proto at hand: asks which services there are,
// fetches their definitions, and calls them.

#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/util/json_util.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "grpc/health/v1/health.grpc.pb.h"
#include "grpc/reflection/v1alpha/reflection.grpc.pb.h"
#include "tests/journey/harness/journey.h"

namespace bursar::journey {
namespace {

namespace reflection = grpc::reflection::v1alpha;
using google::protobuf::DescriptorPool;
using google::protobuf::FileDescriptorProto;
using google::protobuf::Message;
using ::testing::IsSupersetOf;

class Reflection : public Journey {
 protected:
  void SetUp() override { StartStack(); }

  reflection::ServerReflectionResponse Ask(
      const reflection::ServerReflectionRequest& request) {
    const auto stub = reflection::ServerReflection::NewStub(api().channel());
    grpc::ClientContext context;
    const auto stream = stub->ServerReflectionInfo(&context);
    reflection::ServerReflectionResponse response;
    EXPECT_TRUE(stream->Write(request));
    EXPECT_TRUE(stream->Read(&response));
    stream->WritesDone();
    stream->Finish();
    return response;
  }

  std::vector<std::string> Services() {
    reflection::ServerReflectionRequest request;
    request.set_list_services("");
    std::vector<std::string> names;
    const auto response = Ask(request);
    for (const auto& service : response.list_services_response().service()) {
      names.push_back(service.name());
    }
    return names;
  }

  // Puts the file that defines `symbol`, and all it imports, into `pool`.
  void Fetch(const std::string& symbol, DescriptorPool& pool) {
    reflection::ServerReflectionRequest request;
    request.set_file_containing_symbol(symbol);
    const auto response = Ask(request);
    for (const std::string& bytes :
         response.file_descriptor_response().file_descriptor_proto()) {
      FileDescriptorProto file;
      ASSERT_TRUE(file.ParseFromString(bytes));
      Add(file, pool);
    }
  }

  void Add(const FileDescriptorProto& file, DescriptorPool& pool) {
    for (const std::string& import : file.dependency()) {
      if (pool.FindFileByName(import) != nullptr) continue;
      reflection::ServerReflectionRequest request;
      request.set_file_by_filename(import);
      const auto response = Ask(request);
      for (const std::string& bytes :
           response.file_descriptor_response().file_descriptor_proto()) {
        FileDescriptorProto imported;
        ASSERT_TRUE(imported.ParseFromString(bytes));
        Add(imported, pool);
      }
    }
    if (pool.FindFileByName(file.name()) == nullptr) pool.BuildFile(file);
  }

  grpc::Status CallUnknown(const std::string& method, const Message& request,
                           Message& response) {
    grpc::GenericStub stub(api().channel());
    grpc::ClientContext context;
    grpc::CompletionQueue queue;
    const grpc::Slice slice(request.SerializeAsString());
    const grpc::ByteBuffer bytes(&slice, 1);
    const auto call = stub.PrepareUnaryCall(&context, method, bytes, &queue);
    call->StartCall();
    grpc::ByteBuffer answer;
    grpc::Status status;
    call->Finish(&answer, &status, nullptr);
    void* tag = nullptr;
    bool ok = false;
    queue.Next(&tag, &ok);
    grpc::Slice flat;
    if (status.ok() && answer.DumpToSingleSlice(&flat).ok()) {
      response.ParseFromArray(flat.begin(), static_cast<int>(flat.size()));
    }
    return status;
  }
};

TEST_F(Reflection, ListsEveryService) {
  EXPECT_THAT(
      Services(),
      IsSupersetOf({"bursar.v1.TokenBroker", "bursar.v1.Clients",
                    "bursar.v1.Grants", "bursar.v1.Events", "bursar.v1.Keys",
                    "bursar.v1.Revocations", "bursar.v1.Audit",
                    "bursar.v1.ApiKeys", "grpc.health.v1.Health"}));
}

TEST_F(Reflection, DescribesEveryService) {
  for (const std::string& service : Services()) {
    DescriptorPool pool;
    Fetch(service, pool);
    const auto* descriptor = pool.FindServiceByName(service);
    ASSERT_NE(descriptor, nullptr) << service;
    EXPECT_GT(descriptor->method_count(), 0) << service;
  }
}

TEST_F(Reflection, GetTokenCanBeCalledWithNoProtoAtHand) {
  Consent(kAnn);
  DescriptorPool pool;
  Fetch("bursar.v1.TokenBroker", pool);
  const auto* method = pool.FindMethodByName("bursar.v1.TokenBroker.GetToken");
  ASSERT_NE(method, nullptr);
  google::protobuf::DynamicMessageFactory factory(&pool);
  const std::unique_ptr<Message> request(
      factory.GetPrototype(method->input_type())->New());
  const std::unique_ptr<Message> response(
      factory.GetPrototype(method->output_type())->New());
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(
                  absl::StrCat(R"({"user": ")", kAnn, R"(", "client": ")",
                               kClient, R"(", "minTtl": "60s"})"),
                  request.get())
                  .ok());
  const grpc::Status status =
      CallUnknown("/bursar.v1.TokenBroker/GetToken", *request, *response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  std::string json;
  ASSERT_TRUE(
      google::protobuf::util::MessageToJsonString(*response, &json).ok());
  EXPECT_TRUE(absl::StrContains(json, "\"authorization\":\"Zoho-oauthtoken "));
}

TEST_F(Reflection, HealthIsServingForTheServerAndEachService) {
  const auto stub = grpc::health::v1::Health::NewStub(api().channel());
  for (const char* service :
       {"", "bursar.v1.TokenBroker", "bursar.v1.Clients", "bursar.v1.Grants",
        "bursar.v1.Events", "bursar.v1.Keys", "bursar.v1.Revocations",
        "bursar.v1.Audit", "bursar.v1.ApiKeys"}) {
    grpc::health::v1::HealthCheckRequest request;
    request.set_service(service);
    grpc::ClientContext context;
    grpc::health::v1::HealthCheckResponse response;
    const grpc::Status status = stub->Check(&context, request, &response);
    ASSERT_TRUE(status.ok()) << service << ": " << status.error_message();
    EXPECT_EQ(response.status(), grpc::health::v1::HealthCheckResponse::SERVING)
        << service;
  }
}

}  // namespace
}  // namespace bursar::journey
