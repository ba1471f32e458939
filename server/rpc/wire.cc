#include "server/rpc/wire.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/wire_format_lite.h"
#include "grpcpp/support/proto_buffer_reader.h"
#include "grpcpp/support/slice.h"
#include "server/core/reason.h"

namespace bursar {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::internal::WireFormatLite;

// The fields of one message as they lie in its bytes.
struct Slice {
  const FieldDescriptor* field = nullptr;  // Null for one that is not known.
  absl::string_view whole;                 // With tag and length.
  absl::string_view content;               // Without; of messages and strings.
};

// Takes the next field off `bytes`, which is not empty; false if there is none.
bool TakeField(const google::protobuf::Descriptor& type,
               absl::string_view& bytes, Slice& slice) {
  google::protobuf::io::CodedInputStream input(
      reinterpret_cast<const uint8_t*>(bytes.data()),
      static_cast<int>(bytes.size()));
  const uint32_t tag = input.ReadTag();
  slice.field = type.FindFieldByNumber(WireFormatLite::GetTagFieldNumber(tag));
  uint32_t length = 0;
  if (WireFormatLite::GetTagWireType(tag) ==
      WireFormatLite::WIRETYPE_LENGTH_DELIMITED) {
    if (!input.ReadVarint32(&length)) return false;
    const int start = input.CurrentPosition();
    if (!input.Skip(static_cast<int>(length))) return false;
    slice.content = bytes.substr(static_cast<std::size_t>(start), length);
  } else if (!WireFormatLite::SkipField(&input, tag)) {
    return false;
  }
  const auto end = static_cast<std::size_t>(input.CurrentPosition());
  slice.whole = bytes.substr(0, end);
  bytes.remove_prefix(end);
  return true;
}

bool Readable(Message& scratch, absl::string_view bytes) {
  return scratch.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
}

// How refusals name it, the `index`th of its kind in a message.
std::string NameOf(const FieldDescriptor& field, int index) {
  return field.is_repeated() ? absl::StrCat(field.name(), "[", index, "]")
                             : field.name();
}

// A field that alone cannot be read.
struct Culprit {
  std::string path;
  std::string wrong;  // In words that follow the path.
};

// The first there is; none is to blame by itself if there is none. Each field's
// bytes are a whole message of that field only.
std::optional<Culprit> FindCulprit(const Message& prototype,
                                   absl::string_view bytes) {
  const std::unique_ptr<Message> scratch(prototype.New());
  absl::flat_hash_map<const FieldDescriptor*, int> seen;
  Slice slice;
  while (!bytes.empty() &&
         TakeField(*prototype.GetDescriptor(), bytes, slice)) {
    if (slice.field == nullptr) continue;
    const int index = seen[slice.field]++;
    if (Readable(*scratch, slice.whole)) continue;
    std::string name = NameOf(*slice.field, index);
    const google::protobuf::Descriptor* type = slice.field->message_type();
    if (type == nullptr) return Culprit{std::move(name), "must be UTF-8 text"};
    const Message& inner =
        *scratch->GetReflection()->GetMessageFactory()->GetPrototype(type);
    auto culprit = FindCulprit(inner, slice.content);
    if (!culprit) {
      return Culprit{std::move(name),
                     absl::StrCat("is not a readable ", type->full_name())};
    }
    culprit->path = absl::StrCat(name, ".", culprit->path);
    return culprit;
  }
  return std::nullopt;
}

}  // namespace

absl::Status ReadMessage(const grpc::ByteBuffer& bytes, Message& message) {
  {
    // The reader takes a pointer to what it only reads.
    grpc::ProtoBufferReader reader(const_cast<grpc::ByteBuffer*>(&bytes));
    if (reader.status().ok() && message.ParseFromZeroCopyStream(&reader)) {
      return absl::OkStatus();
    }
  }
  grpc::Slice flat;
  std::optional<Culprit> culprit;
  if (bytes.DumpToSingleSlice(&flat).ok()) {
    culprit = FindCulprit(
        message, {reinterpret_cast<const char*>(flat.begin()), flat.size()});
  }
  if (culprit) return FieldInvalid(culprit->path, culprit->wrong);
  return ToStatus({Reason::kFieldInvalid,
                   absl::StrCat("the request is not a readable ",
                                message.GetDescriptor()->full_name()),
                   {},
                   {},
                   {}});
}

grpc::ByteBuffer WriteMessage(const Message& message) {
  grpc::Slice slice(message.ByteSizeLong());
  message.SerializeWithCachedSizesToArray(const_cast<uint8_t*>(slice.begin()));
  return grpc::ByteBuffer(&slice, 1);
}

}  // namespace bursar
