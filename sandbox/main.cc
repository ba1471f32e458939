// bursar-sandbox: flags and signals, nothing else.

#include <signal.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "sandbox/persona_switches.h"
#include "sandbox/sandbox.h"

namespace bursar::sandbox {
namespace {

struct Flags {
  std::string listen = "127.0.0.1:0";
  std::string tls_directory;
  std::string persona = "cliq";
  std::vector<std::string> switches;
  std::string ready_file;
  std::size_t workers = 64;
};

absl::StatusOr<Persona> ReadPersona(const Flags& flags) {
  auto persona = FindPersona(flags.persona);
  if (!persona.ok()) return persona.status();
  for (const std::string& text : flags.switches) {
    const std::pair<std::string, std::string> parts =
        absl::StrSplit(text, absl::MaxSplits('=', 1));
    if (auto status = SetSwitch(*persona, parts.first, parts.second);
        !status.ok()) {
      return status;
    }
  }
  return persona;
}

absl::StatusOr<SandboxOptions> ReadOptions(const Flags& flags) {
  auto persona = ReadPersona(flags);
  if (!persona.ok()) return persona.status();
  SandboxOptions options;
  options.persona = *std::move(persona);
  options.tls_directory = flags.tls_directory;
  options.workers = flags.workers;
  const auto colon = flags.listen.rfind(':');
  if (colon == std::string::npos ||
      !absl::SimpleAtoi(flags.listen.substr(colon + 1), &options.port) ||
      options.port < 0 || options.port > 65535) {
    return absl::InvalidArgumentError(
        absl::StrCat("--listen wants HOST:PORT, not ", flags.listen));
  }
  options.host = flags.listen.substr(0, colon);
  // An IPv6 address stands in brackets.
  if (options.host.size() > 2 && options.host.front() == '[') {
    options.host = options.host.substr(1, options.host.size() - 2);
  }
  return options;
}

// Renamed into place, so that whoever waits for the file finds it whole.
absl::Status WriteReadyFile(const std::string& path, const std::string& url) {
  const std::string draft = absl::StrCat(path, ".new");
  std::ofstream file(draft);
  file << url << "\n";
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

  const auto options = ReadOptions(flags);
  if (!options.ok()) return options.status();
  const auto sandbox = Sandbox::Start(*options);
  if (!sandbox.ok()) return sandbox.status();
  if (!flags.ready_file.empty()) {
    if (auto status = WriteReadyFile(flags.ready_file, (*sandbox)->url());
        !status.ok()) {
      return status;
    }
  }
  std::cout << "listening on " << (*sandbox)->url() << std::endl;
  int signal = 0;
  sigwait(&signals, &signal);
  return absl::OkStatus();
}

void Declare(CLI::App& app, Flags& flags) {
  app.add_option("--listen", flags.listen,
                 "Where to listen; port 0 is any that is free")
      ->type_name("HOST:PORT")
      ->capture_default_str();
  app.add_option("--tls-dir", flags.tls_directory,
                 "Serve HTTPS with the certificates in DIR, made there if "
                 "missing; trust DIR/ca.pem")
      ->type_name("DIR");
  app.add_option("--persona", flags.persona, "The provider to behave like")
      ->type_name("NAME")
      ->capture_default_str();
  app.add_option("--switch", flags.switches,
                 "Behave differently in one respect; may be repeated")
      ->type_name("NAME=VALUE");
  app.add_option("--ready-file", flags.ready_file,
                 "Write the base URL to FILE once it serves")
      ->type_name("FILE");
  app.add_option("--workers", flags.workers, "Connections served at once")
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
