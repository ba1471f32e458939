#include "server/rpc/reflection_service.h"

#include <gmock/gmock.h>

#include "tests/unit/rpc/broker_fixture.h"

namespace bursar {
namespace {

using ::grpc::reflection::v1alpha::ServerReflection;
using ::grpc::reflection::v1alpha::ServerReflectionRequest;
using ::grpc::reflection::v1alpha::ServerReflectionResponse;
using ::testing::UnorderedElementsAre;

// One stream, with a deadline that no test comes near.
class ReflectionServiceTest : public BrokerFixture {
 protected:
  ReflectionServiceTest() {
    context_.set_deadline(std::chrono::system_clock::now() +
                          std::chrono::seconds(20));
    stream_ =
        ServerReflection::NewStub(channel)->ServerReflectionInfo(&context_);
  }

  void AskForSymbol(const std::string& symbol) {
    ServerReflectionRequest request;
    request.set_file_containing_symbol(symbol);
    EXPECT_TRUE(stream_->Write(request));
  }

  ServerReflectionResponse Answer() {
    ServerReflectionResponse answer;
    EXPECT_TRUE(stream_->Read(&answer));
    return answer;
  }

  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReaderWriter<ServerReflectionRequest,
                                           ServerReflectionResponse>>
      stream_;
};

TEST_F(ReflectionServiceTest, ListsEveryServiceOfTheServer) {
  ServerReflectionRequest request;
  request.set_list_services("*");
  ASSERT_TRUE(stream_->Write(request));
  const ServerReflectionResponse answer = Answer();
  std::vector<std::string> names;
  for (const auto& service : answer.list_services_response().service()) {
    names.push_back(service.name());
  }
  EXPECT_THAT(names,
              UnorderedElementsAre("bursar.v1.TokenBroker", "bursar.v1.Clients",
                                   "bursar.v1.Grants", "bursar.v1.Events",
                                   "bursar.v1.Keys", "bursar.v1.Revocations",
                                   "bursar.v1.Policy", "bursar.v1.Audit",
                                   "bursar.v1.ApiKeys", "grpc.health.v1.Health",
                                   "grpc.reflection.v1alpha.ServerReflection"));
}

TEST_F(ReflectionServiceTest, AnswersInTurnWhatIsAskedWithoutWaiting) {
  AskForSymbol("bursar.v1.Grants");
  AskForSymbol("nobody.Knows");
  AskForSymbol("bursar.v1.Events");
  EXPECT_EQ(Answer().original_request().file_containing_symbol(),
            "bursar.v1.Grants");
  EXPECT_EQ(Answer().error_response().error_code(),
            grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(Answer().original_request().file_containing_symbol(),
            "bursar.v1.Events");
}

TEST_F(ReflectionServiceTest, AStreamEndsWellWithItsCaller) {
  AskForSymbol("bursar.v1.Grants");
  Answer();
  EXPECT_TRUE(stream_->WritesDone());
  const grpc::Status status = stream_->Finish();
  EXPECT_TRUE(status.ok()) << status.error_message();
}

TEST_F(ReflectionServiceTest, ARequestThatCannotBeReadIsRefusedByField) {
  AskForSymbol("ab\xff\xfe");
  ServerReflectionResponse answer;
  EXPECT_FALSE(stream_->Read(&answer));
  const RpcError refused = ErrorOf(stream_->Finish());
  EXPECT_EQ(refused.code, grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(refused.field, "file_containing_symbol");
}

TEST_F(ReflectionServiceTest, AnIdleStreamDoesNotKeepTheServerFromGoingDown) {
  AskForSymbol("bursar.v1.Grants");
  Answer();
  EXPECT_TRUE(server->Drain(absl::Seconds(10)));
  ServerReflectionResponse answer;
  EXPECT_FALSE(stream_->Read(&answer));
  EXPECT_NE(stream_->Finish().error_code(),
            grpc::StatusCode::DEADLINE_EXCEEDED);
}

}  // namespace
}  // namespace bursar
