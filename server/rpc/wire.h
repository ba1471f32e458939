// Messages from and to the bytes that gRPC carries. The server reads requests
// itself: gRPC answers one that it cannot read with UNIMPLEMENTED, before any
// code of ours knows of it. Pure; no locking.

#ifndef BURSAR_SERVER_RPC_WIRE_H_
#define BURSAR_SERVER_RPC_WIRE_H_

#include "absl/status/status.h"
#include "google/protobuf/message.h"
#include "grpcpp/support/byte_buffer.h"

namespace bursar {

/// Reads `bytes` into `message`. Refuses with kFieldInvalid, naming the field
/// where the bytes tell: one whose text is not UTF-8, say. `message` then holds
/// what could be read.
absl::Status ReadMessage(const grpc::ByteBuffer& bytes,
                         google::protobuf::Message& message);

grpc::ByteBuffer WriteMessage(const google::protobuf::Message& message);

}  // namespace bursar

#endif  // BURSAR_SERVER_RPC_WIRE_H_
