#include "bench/echo_process.h"

#include <utility>
#include <vector>

#include "bench/stack.h"
#include "tests/fakes/eventually.h"
#include "tests/journey/harness/files.h"

namespace bursar::bench {

EchoProcess::EchoProcess(const std::string& program, const MutualTls* tls) {
  const std::string ready = folder_.Path("ready");
  std::vector<std::string> argv = {program, ready};
  if (tls == nullptr) {
    argv.push_back("unix:" + folder_.Path("echo.sock"));
  } else {
    argv.insert(argv.end(), {"127.0.0.1:0", tls->server().certificate,
                             tls->server().key, tls->ca_file()});
  }
  process_ = std::make_unique<journey::Process>(journey::Process::Options{
      .argv = std::move(argv), .log = folder_.Path("echo")});
  Require(Eventually([&] {
            target_ = journey::ReadFile(ready);
            return !target_.empty();
          }),
          "the echo server does not start");
}

}  // namespace bursar::bench
