#include "client/bursarctl/output.h"

#include <google/protobuf/util/json_util.h>

#include <iostream>
#include <string>

#include "absl/strings/strip.h"

namespace bursar::client {
namespace {

std::string Json(const google::protobuf::Message& message, bool pretty) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = pretty;
  options.preserve_proto_field_names = true;
  // Programs find an empty list rather than none.
  options.always_print_primitive_fields = true;
  std::string json;
  const auto status =
      google::protobuf::util::MessageToJsonString(message, &json, options);
  if (!status.ok()) return "{}";
  return std::string(absl::StripSuffix(json, "\n"));
}

}  // namespace

void Output::Print(const google::protobuf::Message& message,
                   const Table& table) const {
  if (format_ == Format::kJson) {
    std::cout << Json(message, true) << "\n";
  } else {
    std::cout << table.Text();
  }
}

void Output::PrintLine(const google::protobuf::Message& message,
                       const Table& table) const {
  if (format_ == Format::kJson) {
    std::cout << Json(message, false) << std::endl;
  } else {
    std::cout << table.Text() << std::flush;
  }
}

}  // namespace bursar::client
