#include "server/rpc/page_token.h"

#include <memory>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "server/core/reason.h"

namespace bursar {
namespace {

// Its own length first, so that no query is the beginning of another.
std::string Prefix(absl::string_view query) {
  return absl::StrCat(query.size(), ":", query);
}

}  // namespace

std::string QueryOf(const google::protobuf::Message& request) {
  const std::unique_ptr<google::protobuf::Message> query(request.New());
  query->CopyFrom(request);
  for (const char* field : {"page_size", "page_token"}) {
    query->GetReflection()->ClearField(
        query.get(), query->GetDescriptor()->FindFieldByName(field));
  }
  std::string text = absl::StrCat(request.GetTypeName(), " ");
  {
    google::protobuf::io::StringOutputStream stream(&text);
    google::protobuf::io::CodedOutputStream output(&stream);
    output.SetSerializationDeterministic(true);
    query->SerializeToCodedStream(&output);
  }
  return text;
}

std::string MakePageToken(absl::string_view query, absl::string_view cursor) {
  if (cursor.empty()) return "";
  return absl::WebSafeBase64Escape(absl::StrCat(Prefix(query), cursor));
}

absl::StatusOr<std::string> ReadPageToken(absl::string_view query,
                                          absl::string_view token) {
  if (token.empty()) return "";
  std::string text;
  // Blanks, missing padding and stray bits decode, but nobody was given them.
  if (!absl::WebSafeBase64Unescape(token, &text) ||
      absl::WebSafeBase64Escape(text) != token) {
    return FieldInvalid("page_token", "is not one that a listing returned");
  }
  absl::string_view cursor = text;
  if (!absl::ConsumePrefix(&cursor, Prefix(query)) || cursor.empty()) {
    return FieldInvalid("page_token",
                        "comes from another query: all but page_size must be "
                        "as in the call that returned it");
  }
  return std::string(cursor);
}

}  // namespace bursar
