#include "tests/journey/harness/broker.h"

#include <signal.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "server/base/random.h"
#include "server/sealing/keyring.h"
#include "tests/fakes/eventually.h"
#include "tests/journey/harness/files.h"
#include "tests/journey/harness/programs.h"

namespace bursar::journey {
namespace {

std::string Upstream(const BrokerOptions& options) {
  std::string section = "upstream: {";
  if (!options.ca_file.empty()) {
    absl::StrAppend(&section, "ca_file: ", options.ca_file, ", ");
  }
  return absl::StrCat(section, options.upstream, "}\n");
}

std::string EverythingForThisUser() {
  return absl::StrCat(
      "rules:\n"
      "  - name: everything\n"
      "    subjects: [\"unix:",
      getuid(),
      "\", anonymous]\n"
      "    rpcs: [callers, operators]\n"
      "    clients: any\n"
      "    users: any\n"
      "    scopes: any\n"
      "limits:\n"
      "  default: {calls_per_second: 1000000, in_flight: 1000000, "
      "refreshes_per_minute: 1000000}\n");
}

std::string DataCenters(const BrokerOptions& options) {
  std::string lines;
  for (const auto& [name, url] : options.data_centers) {
    absl::StrAppend(&lines, "      ", name, ": {location: ", name,
                    ", accounts_server: \"", url, "\"}\n");
  }
  return lines;
}

std::string ProvidersSection(const BrokerOptions& options) {
  if (!options.providers.empty()) {
    return absl::StrCat("providers:\n", options.providers);
  }
  return absl::StrCat(
      "providers:\n"
      "  - name: cliq\n"
      "    descriptor: ",
      options.descriptor, "\n", options.limits ? "" : "    limits: []\n",
      "    data_centers:\n"
      "      us: {location: us, accounts_server: \"",
      options.accounts_server, "\"}\n", DataCenters(options),
      options.provider_keys);
}

}  // namespace

Broker::Broker(BrokerOptions options) : web_port_(FreePort()) {
  SystemRandom random;
  Keyring::Create(KeyringPath(), random).IgnoreError();
  Configure(std::move(options));
  MoveClock(absl::ZeroDuration());
}

void Broker::MoveClock(absl::Duration by) {
  ahead_ += by;
  const int64_t offset = absl::ToInt64Microseconds(ahead_);
  // In place: the process has the file mapped.
  std::fstream file(folder_.Path("clock"),
                    std::ios::in | std::ios::out | std::ios::binary);
  if (!file) file.open(folder_.Path("clock"), std::ios::out | std::ios::binary);
  file.write(reinterpret_cast<const char*>(&offset), sizeof(offset));
}

void Broker::Configure(BrokerOptions options) {
  options_ = std::move(options);
  WritePolicy(options_.policy.empty() ? EverythingForThisUser()
                                      : options_.policy);
  folder_.Write("bursar.yaml",
                absl::StrCat("listen:\n  - address: ", Target(), "\n",
                             options_.listeners, "web:\n  address: 127.0.0.1:",
                             web_port_, "\nledger: {path: ", LedgerPath(),
                             "}\n"
                             "sealing: {keyring_file: keyring, ",
                             options_.sealing,
                             "}\n"
                             "policy: {file: policy.yaml}\n"
                             "log: {level: ",
                             options_.log_level, "}\n", Upstream(options_),
                             options_.sections, ProvidersSection(options_)));
}

void Broker::WritePolicy(const std::string& policy) {
  folder_.Write("policy.yaml.new", policy);
  std::filesystem::rename(folder_.Path("policy.yaml.new"), PolicyPath());
}

std::string Broker::Target() const {
  return absl::StrCat("unix:", folder_.Path("bursar.sock"));
}

std::string Broker::LedgerPath() const {
  return options_.ledger_path.empty() ? folder_.Path("ledger.db")
                                      : options_.ledger_path;
}

std::string Broker::CallbackUri() const {
  return absl::StrCat("http://127.0.0.1:", web_port_, "/callback");
}

std::string Broker::Ready(const std::string& listener) const {
  const std::vector<std::string> addresses = AllReady(listener);
  return addresses.empty() ? "" : addresses.front();
}

std::vector<std::string> Broker::AllReady(const std::string& listener) const {
  std::ifstream ready(folder_.Path("ready"));
  std::vector<std::string> addresses;
  std::string name;
  std::string address;
  while (ready >> name >> address) {
    if (name == listener) addresses.push_back(address);
  }
  return addresses;
}

std::vector<std::string> Broker::Arguments() const {
  std::string program = options_.program;
  if (program.empty()) {
    program =
        std::string(options_.movable_clock ? kBursardUnderTest : kBursard);
  }
  std::vector<std::string> argv = {program, "--config", ConfigPath(),
                                   "--ready-file", folder_.Path("ready")};
  if (options_.movable_clock) {
    argv.insert(argv.end(), {"--clock", folder_.Path("clock")});
  }
  argv.insert(argv.end(), options_.more_arguments.begin(),
              options_.more_arguments.end());
  return argv;
}

bool Broker::Start() {
  const std::string ready = folder_.Path("ready");
  std::filesystem::remove(ready);
  process_ = std::make_unique<Process>(
      Process::Options{.argv = Arguments(),
                       .environment = options_.environment,
                       .log = folder_.Path("log")});
  const bool settled = Eventually(
      [&] { return std::filesystem::exists(ready) || !process_->Running(); });
  if (!settled || !process_->Running()) return false;
  if (api_ != nullptr) earlier_statuses_ = Statuses();
  api_ = std::make_unique<Api>(Target());
  return true;
}

std::optional<int> Broker::Stop() {
  process_->Signal(SIGTERM);
  return process_->Wait();
}

void Broker::Kill9() {
  process_->Signal(SIGKILL);
  process_->Wait();
}

Finished Broker::RunToEnd(const std::vector<std::string>& arguments) const {
  std::vector<std::string> argv = {std::string(kBursard)};
  argv.insert(argv.end(), arguments.begin(), arguments.end());
  return RunProgram({.argv = std::move(argv), .log = folder_.Path("second")});
}

std::string Broker::Log() const {
  return absl::StrCat(ReadFile(folder_.Path("log.out")),
                      ReadFile(folder_.Path("log.err")),
                      ReadFile(folder_.Path("second.out")),
                      ReadFile(folder_.Path("second.err")));
}

std::vector<std::string> Broker::Statuses() const {
  std::vector<std::string> statuses = earlier_statuses_;
  if (api_ != nullptr) {
    const std::vector<std::string> latest = api_->Statuses();
    statuses.insert(statuses.end(), latest.begin(), latest.end());
  }
  return statuses;
}

}  // namespace bursar::journey
