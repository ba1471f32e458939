#include "server/rpc/library_logs.h"

#include "google/protobuf/stubs/logging.h"
#include "grpc/support/log.h"
#include "server/base/log.h"

namespace bursar {

void RouteLibraryLogs() {
  gpr_set_log_function([](gpr_log_func_args* message) {
    log::Debug("grpc", {{"message", message->message}});
  });
  google::protobuf::SetLogHandler(nullptr);
}

}  // namespace bursar
