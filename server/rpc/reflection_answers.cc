#include "server/rpc/reflection_answers.h"

#include "google/protobuf/descriptor.pb.h"
#include "grpcpp/support/status.h"

namespace bursar {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;
using google::protobuf::FileDescriptorProto;
using grpc::reflection::v1alpha::ExtensionRequest;
using grpc::reflection::v1alpha::FileDescriptorResponse;

void TellError(grpc::StatusCode code, const char* message,
               ReflectionAnswers::Response& answer) {
  answer.mutable_error_response()->set_error_code(code);
  answer.mutable_error_response()->set_error_message(message);
}

}  // namespace

ReflectionAnswers::Response ReflectionAnswers::Answer(const Request& request) {
  Response answer;
  answer.set_valid_host(request.host());
  *answer.mutable_original_request() = request;
  switch (request.message_request_case()) {
    case Request::kListServices:
      TellServices(answer);
      break;
    case Request::kFileByFilename:
      TellFile(definitions_.FindFileByName(request.file_by_filename()), answer);
      break;
    case Request::kFileContainingSymbol:
      TellFile(definitions_.FindFileContainingSymbol(
                   request.file_containing_symbol()),
               answer);
      break;
    case Request::kFileContainingExtension:
      TellFile(FileExtending(request.file_containing_extension()), answer);
      break;
    case Request::kAllExtensionNumbersOfType:
      TellExtensions(request.all_extension_numbers_of_type(), answer);
      break;
    case Request::MESSAGE_REQUEST_NOT_SET:
      TellError(grpc::StatusCode::UNIMPLEMENTED,
                "message_request: none that this server knows is set", answer);
      break;
  }
  return answer;
}

void ReflectionAnswers::TellServices(Response& answer) const {
  auto& list = *answer.mutable_list_services_response();
  for (const std::string& name : services_) list.add_service()->set_name(name);
}

void ReflectionAnswers::TellFile(const FileDescriptor* file, Response& answer) {
  if (file == nullptr) {
    return TellError(grpc::StatusCode::NOT_FOUND,
                     "no file here is or defines what was asked for", answer);
  }
  AddWithImports(*file, *answer.mutable_file_descriptor_response());
}

void ReflectionAnswers::TellExtensions(const std::string& type,
                                       Response& answer) const {
  const Descriptor* extended = definitions_.FindMessageTypeByName(type);
  if (extended == nullptr) {
    return TellError(grpc::StatusCode::NOT_FOUND,
                     "no message here is of this type", answer);
  }
  std::vector<const FieldDescriptor*> extensions;
  definitions_.FindAllExtensions(extended, &extensions);
  auto& numbers = *answer.mutable_all_extension_numbers_response();
  numbers.set_base_type_name(type);
  for (const FieldDescriptor* extension : extensions) {
    numbers.add_extension_number(extension->number());
  }
}

const FileDescriptor* ReflectionAnswers::FileExtending(
    const ExtensionRequest& extension) const {
  const Descriptor* extended =
      definitions_.FindMessageTypeByName(extension.containing_type());
  if (extended == nullptr) return nullptr;
  const FieldDescriptor* field = definitions_.FindExtensionByNumber(
      extended, extension.extension_number());
  return field == nullptr ? nullptr : field->file();
}

void ReflectionAnswers::AddWithImports(const FileDescriptor& file,
                                       FileDescriptorResponse& files) {
  told_.insert(&file);
  FileDescriptorProto definition;
  file.CopyTo(&definition);
  definition.SerializeToString(files.add_file_descriptor_proto());
  for (int i = 0; i < file.dependency_count(); ++i) {
    const FileDescriptor& import = *file.dependency(i);
    if (!told_.contains(&import)) AddWithImports(import, files);
  }
}

}  // namespace bursar
