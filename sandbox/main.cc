// bursar-sandbox: flags and signals, nothing else.

#include <signal.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "sandbox/launch.h"

namespace bursar::sandbox {
namespace {

struct Flags {
  LaunchOptions launch;
  std::string ready_file;
};

// Renamed into place, so that whoever waits for the file finds it whole.
absl::Status WriteReadyFile(const std::string& path,
                            const std::vector<std::string>& lines) {
  const std::string draft = absl::StrCat(path, ".new");
  std::ofstream file(draft);
  file << absl::StrJoin(lines, "\n") << "\n";
  file.close();
  if (!file || std::rename(draft.c_str(), path.c_str()) != 0) {
    return absl::UnavailableError(absl::StrCat("cannot write ", path));
  }
  return absl::OkStatus();
}

sigset_t EndingSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  return signals;
}

absl::Status Run(const Flags& flags) {
  // Blocked before any thread exists, so that only sigwait sees them.
  const sigset_t signals = EndingSignals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  const auto sandboxes = Launch(flags.launch);
  if (!sandboxes.ok()) return sandboxes.status();
  const std::vector<std::string> lines = ReadyLines(*sandboxes);
  if (!flags.ready_file.empty()) {
    if (auto status = WriteReadyFile(flags.ready_file, lines); !status.ok()) {
      return status;
    }
  }
  for (const std::string& line : lines) {
    std::cout << "listening on " << line << std::endl;
  }
  int signal = 0;
  sigwait(&signals, &signal);
  return absl::OkStatus();
}

void Declare(CLI::App& app, Flags& flags) {
  app.add_option("--listen", flags.launch.listen,
                 "Where to listen: the first of consecutive ports; 0 stands "
                 "for any that are free")
      ->type_name("HOST:PORT")
      ->capture_default_str();
  app.add_option("--tls-dir", flags.launch.tls_directory,
                 "Serve HTTPS with the certificates in DIR, made there if "
                 "missing; trust DIR/ca.pem")
      ->type_name("DIR");
  app.add_option("--persona", flags.launch.personas,
                 "The provider to behave like; each that is named gets ports "
                 "of its own")
      ->type_name("NAME")
      ->capture_default_str();
  app.add_option("--data-center", flags.launch.data_centers,
                 "Serve this data centre of each persona too, or all; each "
                 "gets a port of its own")
      ->type_name("NAME");
  app.add_flag("--by-host", flags.launch.by_host,
               "One port for all of them: a request's host name, such as "
               "cliq.localhost or cliq.eu.localhost, says which it is for");
  app.add_option("--switch", flags.launch.switches,
                 "Behave differently in one respect; may be repeated")
      ->type_name("NAME=VALUE");
  app.add_option("--ready-file", flags.ready_file,
                 "Write the base URL to FILE once it serves; lines of name "
                 "and URL if there are several")
      ->type_name("FILE");
  app.add_option("--workers", flags.launch.workers,
                 "Connections served at once")
      ->check(CLI::Range(1, 8192))
      ->capture_default_str();
}

}  // namespace
}  // namespace bursar::sandbox

int main(int argc, char** argv) {
  CLI::App app(
      "An OAuth authorization server and resource API that behave like a real "
      "provider, to develop and test against.");
  bursar::sandbox::Flags flags;
  bursar::sandbox::Declare(app, flags);
  CLI11_PARSE(app, argc, argv);
  const absl::Status status = bursar::sandbox::Run(flags);
  if (status.ok()) return 0;
  std::cerr << "bursar-sandbox: " << status.message() << std::endl;
  return 1;
}
