// bursarctl grant begin-device-consent: a consent that its user gives at
// another device, followed to its end.

#include <unistd.h>

#include <chrono>
#include <iostream>
#include <thread>

#include "absl/strings/str_cat.h"
#include "bursar/v1/grants.grpc.pb.h"
#include "client/bursarctl/command.h"
#include "client/bursarctl/on_cap.h"
#include "client/bursarctl/text.h"
#include "server/base/clock.h"

namespace bursar::client {
namespace {

using Grants = v1::Grants;

constexpr std::chrono::seconds kLookInterval(1);

struct DeviceOptions {
  std::string user;
  std::string client;
  std::vector<std::string> scopes;
  v1::BeginConsentRequest::OnCap on_cap =
      v1::BeginConsentRequest::ON_CAP_UNSPECIFIED;
  bool no_wait = false;
};

// Tells a person that something is going on: a terminal's line is written over
// each second, anything else gets one line.
class Progress {
 public:
  ~Progress() {
    if (shown_ && terminal_) std::cerr << "\r\x1b[K" << std::flush;
  }

  void Show(const v1::DeviceConsent& consent) {
    if (shown_ && !terminal_) return;
    shown_ = true;
    std::cerr << (terminal_ ? "\r\x1b[K" : "") << "Waiting for the user; "
              << "the code expires "
              << TimeText(true, consent.expire_time(), SystemClock().Now())
              << (terminal_ ? "" : "\n") << std::flush;
  }

 private:
  const bool terminal_ = isatty(STDERR_FILENO) != 0;
  bool shown_ = false;
};

absl::Status OutcomeOf(const v1::DeviceConsent& consent) {
  switch (consent.state()) {
    case v1::DeviceConsent::DECLINED:
      return absl::FailedPreconditionError("the user declined");
    case v1::DeviceConsent::EXPIRED:
      return absl::FailedPreconditionError(
          "the user did not answer in time: begin again");
    case v1::DeviceConsent::FAILED:
      return absl::FailedPreconditionError(
          absl::StrCat("no grant came of the consent: ",
                       v1::ErrorReason_Name(consent.reason())));
    default:
      return absl::OkStatus();
  }
}

absl::StatusOr<v1::DeviceConsent> Await(const std::string& id,
                                        Session& session) {
  v1::GetDeviceConsentRequest request;
  request.set_id(id);
  Progress progress;
  while (true) {
    auto consent =
        session.Call<Grants>(&Grants::Stub::GetDeviceConsent, request);
    if (!consent.ok() || consent->state() != v1::DeviceConsent::PENDING)
      return consent;
    progress.Show(*consent);
    std::this_thread::sleep_for(kLookInterval);
  }
}

void ShowBegun(const v1::BeginDeviceConsentResponse& begun,
               const Output& output) {
  Table table = Table::OfFields();
  table.Add({"Id", begun.id()});
  table.Add({"Code", begun.user_code()});
  table.Add({"Enter it at", begun.verification_uri()});
  if (!begun.verification_uri_complete().empty()) {
    table.Add({"Or open", begun.verification_uri_complete()});
  }
  table.Add({"Before", TimeText(begun.has_expire_time(), begun.expire_time(),
                                SystemClock().Now())});
  if (begun.evicts_size() > 0) {
    table.Add({"Will end", ListText(begun.evicts())});
  }
  output.PrintLine(begun, table);
}

absl::Status BeginDevice(const DeviceOptions& options, Session& session,
                         const Output& output) {
  v1::BeginDeviceConsentRequest request;
  request.set_user(options.user);
  request.set_client(options.client);
  request.mutable_scopes()->Assign(options.scopes.begin(),
                                   options.scopes.end());
  request.set_on_cap(options.on_cap);
  auto begun = session.Call<Grants>(&Grants::Stub::BeginDeviceConsent, request);
  if (!begun.ok()) return begun.status();
  ShowBegun(*begun, output);
  if (options.no_wait) return absl::OkStatus();
  const auto consent = Await(begun->id(), session);
  if (!consent.ok()) return consent.status();
  Table table = Table::OfFields();
  table.Add({"State", v1::DeviceConsent::State_Name(consent->state())});
  if (!consent->grant().empty()) table.Add({"Grant", consent->grant()});
  output.PrintLine(*consent, table);
  return OutcomeOf(*consent);
}

}  // namespace

void AddDeviceVerbs(CLI::App& grant, CommandLine& line) {
  auto options = std::make_shared<DeviceOptions>();
  CLI::App* verb = AddVerb(
      grant, line, "begin-device-consent",
      "Get a code for the user to enter at another device, and wait for their "
      "answer",
      options, BeginDevice);
  verb->add_option("--user", options->user, "Whose consent it is")->required();
  verb->add_option("--client", options->client,
                   "The broker's name for the client")
      ->required();
  verb->add_option("--scope", options->scopes,
                   "A scope to ask for; repeatable; the client's default "
                   "scopes if none is given");
  AddOnCap(*verb, options->on_cap);
  verb->add_flag("--no-wait", options->no_wait,
                 "Do not wait; the broker asks the provider all the same");
}

}  // namespace bursar::client
