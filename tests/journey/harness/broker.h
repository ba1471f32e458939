// A bursard with a folder of its own: configuration, keys, ledger, sockets.
// Stops and starts on the same of all of them. Not thread-safe.

#ifndef BURSAR_TESTS_JOURNEY_HARNESS_BROKER_H_
#define BURSAR_TESTS_JOURNEY_HARNESS_BROKER_H_

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "tests/fakes/temporary_folder.h"
#include "tests/journey/harness/api.h"
#include "tests/journey/harness/process.h"

namespace bursar::journey {

struct BrokerOptions {
  /// Where the provider is; the config's data centre "us".
  std::string accounts_server = {};
  /// The other data centres, and where they are.
  std::map<std::string, std::string> data_centers = {};
  /// Whom to trust there; empty: the system's CAs.
  std::string ca_file = {};
  /// What the provider is described by.
  std::string descriptor = "zoho-cliq";
  /// Whether its limits are kept; without, tests about something else may ask
  /// as often as they like.
  bool limits = false;
  /// Keys of the provider's entry beyond that, as lines of YAML indented by
  /// four blanks.
  std::string provider_keys = {};
  /// The section `providers` without any of that, as lines of YAML.
  std::string providers = {};
  /// Listeners beside the unix socket, as lines of YAML indented by two blanks.
  std::string listeners = {};
  /// More top-level sections.
  std::string sections = {};
  /// The file policy.yaml; empty: the test's own user may do everything, as
  /// often as it likes.
  std::string policy = {};
  /// The section `upstream` beyond ca_file, in flow style: "idle_timeout: 1s".
  std::string upstream = {};
  /// The section `sealing` beyond the key ring, in flow style.
  std::string sealing = {};
  /// Empty: in the broker's folder.
  std::string ledger_path = {};
  std::string log_level = "debug";
  /// Run bursard with a clock that MoveClock moves.
  bool movable_clock = false;
  /// Run instead of bursard.
  std::string program = {};
  /// Beside the test's own.
  std::vector<std::pair<std::string, std::string>> environment = {};
  /// After bursard's own.
  std::vector<std::string> more_arguments = {};
};

class Broker {
 public:
  /// Makes key ring and configuration. Starts nothing.
  explicit Broker(BrokerOptions options);

  /// Starts it and waits until it is ready. False: it ended, or never was.
  bool Start();

  /// Tells it to stop; its exit code.
  std::optional<int> Stop();

  /// Puts its clock forward, at once and for as long as this object lives.
  void MoveClock(absl::Duration by);

  /// Ends it as a power failure would.
  void Kill9();

  /// Waits for an end that it brings about itself.
  std::optional<int> Wait() { return process_->Wait(); }

  /// Runs it with these arguments to its end, beside the one that runs.
  Finished RunToEnd(const std::vector<std::string>& arguments) const;

  /// Writes the configuration anew; the next Start reads it.
  void Configure(BrokerOptions options);
  const BrokerOptions& options() const { return options_; }

  /// Writes the policy anew, at once, as an editor would.
  void WritePolicy(const std::string& policy);

  /// A new object after each Start.
  Api& api() { return *api_; }

  Process& process() { return *process_; }
  const TemporaryFolder& folder() const { return folder_; }
  std::string PolicyPath() const { return folder_.Path("policy.yaml"); }
  std::string ConfigPath() const { return folder_.Path("bursar.yaml"); }
  std::string KeyringPath() const { return folder_.Path("keyring"); }
  std::string LedgerPath() const;
  /// As gRPC names it.
  std::string Target() const;
  std::string CallbackUri() const;
  /// Where RPCs are answered, in the order of the configuration: at Target(),
  /// then at its other listeners.
  std::vector<std::string> RpcAddresses() const { return AllReady("rpc"); }
  /// What its ready file says of a listener: the address after its name.
  std::string Ready(const std::string& listener) const;
  /// All it wrote to standard output and error so far, over restarts.
  std::string Log() const;

  /// Every status that any of its Apis got.
  std::vector<std::string> Statuses() const;

 private:
  std::vector<std::string> Arguments() const;
  std::vector<std::string> AllReady(const std::string& listener) const;

  const TemporaryFolder folder_;
  const int web_port_;
  absl::Duration ahead_ = absl::ZeroDuration();
  BrokerOptions options_;
  std::unique_ptr<Process> process_;
  std::unique_ptr<Api> api_;
  std::vector<std::string> earlier_statuses_;
};

}  // namespace bursar::journey

#endif  // BURSAR_TESTS_JOURNEY_HARNESS_BROKER_H_
