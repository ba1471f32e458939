// Between what the wire says of a failure and absl::Status. Inside the client
// library and bursarctl only: callers read statuses through client/errors.h.

#ifndef BURSAR_CLIENT_STATUS_H_
#define BURSAR_CLIENT_STATUS_H_

#include <grpcpp/support/status.h>

#include <string>

#include "absl/status/status.h"
#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace bursar::client {

/// The same code and message; google.rpc.Status details become payloads, each
/// under its type's URL.
absl::Status ToStatus(const grpc::Status& status);

/// The URL that a payload of that protobuf type is kept under.
inline std::string PayloadUrl(absl::string_view type) {
  return absl::StrCat("type.googleapis.com/", type);
}

template <typename Message>
void AttachPayload(absl::Status& status, const Message& message) {
  status.SetPayload(PayloadUrl(message.GetTypeName()),
                    absl::Cord(message.SerializeAsString()));
}

/// The payload of that type; a default one if there is none.
template <typename Message>
Message PayloadOf(const absl::Status& status) {
  Message message;
  const auto payload = status.GetPayload(PayloadUrl(message.GetTypeName()));
  if (payload.has_value()) message.ParseFromString(std::string(*payload));
  return message;
}

}  // namespace bursar::client

#endif  // BURSAR_CLIENT_STATUS_H_
