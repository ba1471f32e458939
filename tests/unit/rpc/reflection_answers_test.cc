#include "server/rpc/reflection_answers.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/text_format.h>

#include "grpcpp/support/status.h"

namespace bursar {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

// service.proto imports left.proto and right.proto, each of which imports
// base.proto and extends its message.
constexpr const char* kFiles[] = {
    R"(name: "base.proto" package: "t"
       message_type { name: "Base" extension_range { start: 100 end: 200 } })",
    R"(name: "left.proto" package: "t" dependency: "base.proto"
       message_type { name: "Left" enum_type {
         name: "Side" value { name: "FAR_LEFT" number: 0 } } }
       extension { name: "left" number: 100 extendee: ".t.Base"
                   type: TYPE_INT32 label: LABEL_OPTIONAL })",
    R"(name: "right.proto" package: "t" dependency: "base.proto"
       message_type { name: "Right" }
       extension { name: "right" number: 101 extendee: ".t.Base"
                   type: TYPE_INT32 label: LABEL_OPTIONAL })",
    R"(name: "service.proto" package: "t"
       dependency: "left.proto" dependency: "right.proto"
       service { name: "Turner" method {
         name: "Turn" input_type: ".t.Left" output_type: ".t.Right" } })"};

class ReflectionAnswersTest : public ::testing::Test {
 protected:
  using Request = ReflectionAnswers::Request;
  using Response = ReflectionAnswers::Response;

  ReflectionAnswersTest() {
    for (const char* text : kFiles) {
      google::protobuf::FileDescriptorProto file;
      EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &file));
      EXPECT_NE(definitions_.BuildFile(file), nullptr);
    }
  }

  static Request ByName(const std::string& name) {
    Request request;
    request.set_file_by_filename(name);
    return request;
  }

  static Request BySymbol(const std::string& symbol) {
    Request request;
    request.set_file_containing_symbol(symbol);
    return request;
  }

  static Request ByExtension(const std::string& type, int number) {
    Request request;
    request.mutable_file_containing_extension()->set_containing_type(type);
    request.mutable_file_containing_extension()->set_extension_number(number);
    return request;
  }

  static Request ExtensionsOf(const std::string& type) {
    Request request;
    request.set_all_extension_numbers_of_type(type);
    return request;
  }

  // The names of the files that `request` is answered with.
  std::vector<std::string> Files(const Request& request) {
    const Response answer = answers_.Answer(request);
    std::vector<std::string> names;
    for (const std::string& bytes :
         answer.file_descriptor_response().file_descriptor_proto()) {
      google::protobuf::FileDescriptorProto file;
      EXPECT_TRUE(file.ParseFromString(bytes));
      names.push_back(file.name());
    }
    return names;
  }

  int ErrorCode(const Request& request) {
    return answers_.Answer(request).error_response().error_code();
  }

  const std::vector<std::string> services_ = {"t.Turner", "t.Other"};
  google::protobuf::DescriptorPool definitions_;
  ReflectionAnswers answers_{services_, definitions_};
};

TEST_F(ReflectionAnswersTest, ListsTheServices) {
  Request request;
  request.set_list_services("*");
  const Response answer = answers_.Answer(request);
  ASSERT_EQ(answer.list_services_response().service_size(), 2);
  EXPECT_EQ(answer.list_services_response().service(0).name(), "t.Turner");
  EXPECT_EQ(answer.list_services_response().service(1).name(), "t.Other");
}

TEST_F(ReflectionAnswersTest, AFileComesBeforeAllThatItImportsOnceEach) {
  const std::vector<std::string> files = Files(ByName("service.proto"));
  EXPECT_THAT(files, UnorderedElementsAre("service.proto", "left.proto",
                                          "right.proto", "base.proto"));
  EXPECT_EQ(files[0], "service.proto");
}

TEST_F(ReflectionAnswersTest, WhatAFileImportsIsToldOnce) {
  EXPECT_THAT(Files(ByName("left.proto")),
              ElementsAre("left.proto", "base.proto"));
  EXPECT_THAT(Files(ByName("right.proto")), ElementsAre("right.proto"));
}

TEST_F(ReflectionAnswersTest, AFileIsToldAsOftenAsItIsAskedFor) {
  EXPECT_THAT(Files(ByName("left.proto")),
              ElementsAre("left.proto", "base.proto"));
  EXPECT_THAT(Files(ByName("left.proto")), ElementsAre("left.proto"));
  EXPECT_THAT(Files(ByName("base.proto")), ElementsAre("base.proto"));
}

TEST_F(ReflectionAnswersTest, SymbolsOfEveryKindLeadToTheirFile) {
  for (const char* symbol : {"t.Left", "t.Left.Side", "t.left"}) {
    EXPECT_EQ(Files(BySymbol(symbol)).at(0), "left.proto") << symbol;
  }
  for (const char* symbol : {"t.Turner", "t.Turner.Turn"}) {
    EXPECT_EQ(Files(BySymbol(symbol)).at(0), "service.proto") << symbol;
  }
}

TEST_F(ReflectionAnswersTest, AnExtensionLeadsToTheFileThatExtends) {
  EXPECT_THAT(Files(ByExtension("t.Base", 101)),
              ElementsAre("right.proto", "base.proto"));
}

TEST_F(ReflectionAnswersTest, TellsTheNumbersOfATypesExtensions) {
  const Response answer = answers_.Answer(ExtensionsOf("t.Base"));
  const auto& numbers = answer.all_extension_numbers_response();
  EXPECT_EQ(numbers.base_type_name(), "t.Base");
  EXPECT_THAT(numbers.extension_number(), UnorderedElementsAre(100, 101));
}

TEST_F(ReflectionAnswersTest, ATypeThatNobodyExtendsHasNoNumbersAndNoError) {
  const Response answer = answers_.Answer(ExtensionsOf("t.Left"));
  ASSERT_TRUE(answer.has_all_extension_numbers_response());
  EXPECT_THAT(answer.all_extension_numbers_response().extension_number(),
              IsEmpty());
}

TEST_F(ReflectionAnswersTest, WhatDoesNotExistIsNotFound) {
  for (const Request& request :
       {ByName("other.proto"), ByName(""), BySymbol("t.Other"),
        ByExtension("t.Other", 100), ByExtension("t.Base", 102),
        ExtensionsOf("t.Other")}) {
    EXPECT_EQ(ErrorCode(request), grpc::StatusCode::NOT_FOUND)
        << request.DebugString();
  }
}

TEST_F(ReflectionAnswersTest, ARequestOfNoKnownKindIsUnimplemented) {
  EXPECT_EQ(ErrorCode(Request()), grpc::StatusCode::UNIMPLEMENTED);
}

TEST_F(ReflectionAnswersTest, AnAnswerNamesItsHostAndRequest) {
  Request request = ByName("other.proto");
  request.set_host("bursar.test");
  const Response answer = answers_.Answer(request);
  EXPECT_EQ(answer.valid_host(), "bursar.test");
  EXPECT_EQ(answer.original_request().SerializeAsString(),
            request.SerializeAsString());
}

}  // namespace
}  // namespace bursar
