// Times, from the core's types to the wire's. Pure; no locking.

#ifndef BURSAR_SERVER_MESSAGES_TIMES_H_
#define BURSAR_SERVER_MESSAGES_TIMES_H_

#include "absl/time/time.h"
#include "google/protobuf/duration.pb.h"
#include "google/protobuf/timestamp.pb.h"

namespace bursar {

google::protobuf::Timestamp ToProto(absl::Time time);
google::protobuf::Duration ToProto(absl::Duration duration);

}  // namespace bursar

#endif  // BURSAR_SERVER_MESSAGES_TIMES_H_
