// bursard: flags, signals, exit codes. What it runs is assembled next door.

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "CLI/CLI.hpp"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "server/base/log.h"
#include "server/base/process_memory.h"
#include "server/config/config.h"
#include "server/main/assemble.h"
#include "server/main/ready_file.h"

namespace bursar {
namespace {

constexpr int kCouldNotStart = 1;
constexpr int kUsage = 2;

struct Flags {
  std::string config;
  std::string ready_file;
  bool check_config = false;
};

int Complain(const absl::Status& status, int exit_code) {
  const std::string message(status.message());
  std::fprintf(stderr, "bursard: %s\n", message.c_str());
  return exit_code;
}

// libcurl would write every connection's keys to the file that it names.
void ForbidKeyLogs() { unsetenv("SSLKEYLOGFILE"); }

// Swap would keep what it was given after the process is gone.
absl::Status KeepOutOfSwap(MemoryLock wanted) {
  if (wanted == MemoryLock::kOff) return absl::OkStatus();
  const absl::Status locked = LockMemory();
  if (locked.ok()) {
    log::Info("memory.locked");
    return locked;
  }
  if (wanted == MemoryLock::kRequire) {
    return absl::Status(
        locked.code(),
        absl::StrCat("memory.lock requires that memory is kept out of swap: ",
                     locked.message()));
  }
  log::Warning("memory.not_locked", {{"why", locked.message()}});
  return absl::OkStatus();
}

sigset_t StopSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  return signals;
}

// Returns at the first stop signal; a second one then ends the process as if it
// had never been blocked.
void AwaitStopSignal() {
  const sigset_t signals = StopSignals();
  int received = 0;
  sigwait(&signals, &received);
  log::Info("bursard.draining", {{"signal", received}});
  pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
}

int Run(const Flags& flags, const Config& config) {
  // Before any thread starts: each takes over its maker's mask.
  const sigset_t signals = StopSignals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);

  const absl::Status kept = KeepOutOfSwap(config.memory_lock);
  if (!kept.ok()) return Complain(kept, kCouldNotStart);
  // What an earlier run wrote is not true any more.
  if (!flags.ready_file.empty()) std::remove(flags.ready_file.c_str());
  auto broker = Broker::Assemble(config);
  if (!broker.ok()) return Complain(broker.status(), kCouldNotStart);
  if (!flags.ready_file.empty()) {
    const absl::Status written = WriteReadyFile(flags.ready_file, **broker);
    if (!written.ok()) return Complain(written, kCouldNotStart);
  }
  for (const std::string& address : (*broker)->rpc_addresses()) {
    log::Info("bursard.ready", {{"rpc", address}});
  }
  if (!(*broker)->web_url().empty()) {
    log::Info("bursard.ready", {{"web", (*broker)->web_url()}});
  }
  if (!(*broker)->metrics_url().empty()) {
    log::Info("bursard.ready", {{"metrics", (*broker)->metrics_url()}});
  }
  AwaitStopSignal();
  (*broker)->Drain(config.drain_timeout);
  log::Info("bursard.stopped");
  return 0;
}

int Main(int argc, char** argv) {
  Flags flags;
  CLI::App app("bursard: the token broker's server", "bursard");
  app.add_option("--config", flags.config, "the configuration, a YAML file")
      ->required()
      ->type_name("FILE");
  app.add_flag("--check-config", flags.check_config,
               "check the configuration and exit: 0 if it is fit, 2 if not");
  app.add_option(
         "--ready-file", flags.ready_file,
         "once ready, write \"rpc ADDRESS\", \"web URL\" and \"metrics URL\" "
         "lines here")
      ->type_name("FILE");
  app.set_version_flag("--version", "bursard " BURSAR_VERSION);
  app.footer(
      "SIGTERM and SIGINT drain: calls under way end, then the server does; a "
      "second one ends it at once.\n"
      "Exit status: 0 after a drain, 1 if it could not start, 2 for wrong "
      "flags or a wrong configuration.");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kUsage;
  }

  // A core file would hold the keys and every living token.
  ForbidCoreDumps();
  ForbidKeyLogs();
  const absl::StatusOr<Config> config = LoadConfig(flags.config);
  if (!config.ok()) return Complain(config.status(), kUsage);
  if (flags.check_config) {
    std::printf("%s: fit\n", flags.config.c_str());
    return 0;
  }
  log::SetLevel(config->log_level);
  return Run(flags, *config);
}

}  // namespace
}  // namespace bursar

int main(int argc, char** argv) { return bursar::Main(argc, argv); }
