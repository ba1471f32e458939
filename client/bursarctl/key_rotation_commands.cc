// bursarctl keys rotate and status: what a server's ledger needs its keys for.

#include <chrono>
#include <iostream>
#include <memory>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "bursar/v1/keys.grpc.pb.h"
#include "client/bursarctl/command.h"
#include "server/base/clock.h"

namespace bursar::client {
namespace {

using Keys = v1::Keys;

constexpr std::chrono::seconds kLookAgain(1);

struct RotateOptions {
  bool no_wait = false;
};

std::string NoteOn(const v1::Key& key) {
  if (key.lost()) return "LOST: what it sealed does not open";
  if (key.primary()) return "seals";
  return key.values() > 0 ? "needed"
                          : "not needed any more: bursarctl keys remove";
}

absl::Status Status(const RotateOptions&, Session& session,
                    const Output& output) {
  const auto listed =
      session.Call<Keys>(&Keys::Stub::ListKeys, v1::ListKeysRequest());
  if (!listed.ok()) return listed.status();
  Table table = Table::Of({"KEY", "SEALED VALUES", "NOTE"}, "No keys.");
  for (const v1::Key& key : listed->keys()) {
    table.Add({key.id(), absl::StrCat(key.values()), NoteOn(key)});
  }
  output.Print(*listed, table);
  return absl::OkStatus();
}

// To standard error: it is no answer.
void TellProgress(const v1::KeyRotation& rotation, int64_t resealed_before,
                  absl::Duration since_then) {
  if (rotation.state() != v1::KeyRotation::RESEALING) return;
  const double rate =
      static_cast<double>(rotation.resealed() - resealed_before) /
      absl::ToDoubleSeconds(since_then);
  std::cerr << absl::StrCat(
      rotation.resealed(), " of ", rotation.resealed() + rotation.remaining(),
      " sealed anew, ", static_cast<int64_t>(rate), " a second\n");
}

absl::StatusOr<v1::KeyRotation> AwaitEnd(v1::KeyRotation rotation,
                                         Session& session) {
  const SystemClock clock;
  absl::Time seen = clock.Now();
  while (rotation.state() != v1::KeyRotation::ENDED) {
    std::this_thread::sleep_for(kLookAgain);
    auto next = session.Call<Keys>(&Keys::Stub::GetKeyRotation,
                                   v1::GetKeyRotationRequest());
    if (!next.ok()) return next;
    const absl::Time now = clock.Now();
    TellProgress(*next, rotation.resealed(), now - seen);
    rotation = *std::move(next);
    seen = now;
  }
  return rotation;
}

absl::Status Rotate(const RotateOptions& options, Session& session,
                    const Output& output) {
  auto rotation =
      session.Call<Keys>(&Keys::Stub::RotateKeys, v1::RotateKeysRequest());
  if (!rotation.ok()) return rotation.status();
  if (!options.no_wait) rotation = AwaitEnd(*std::move(rotation), session);
  if (!rotation.ok()) return rotation.status();
  Table table = Table::OfFields();
  table.Add({"State", v1::KeyRotation::State_Name(rotation->state())});
  table.Add({"Sealed anew", absl::StrCat(rotation->resealed())});
  table.Add({"Still under older keys", absl::StrCat(rotation->remaining())});
  table.Add({"Do not open", absl::StrCat(rotation->unopened())});
  table.Add({"Next", "bursarctl keys status says which keys are needed"});
  output.Print(*rotation, table);
  return absl::OkStatus();
}

}  // namespace

void AddKeyRotationVerbs(CLI::App& keys, CommandLine& line) {
  const auto options = std::make_shared<RotateOptions>();
  AddVerb(keys, line, "rotate",
          "Seal everything anew under the newest key, while the server serves; "
          "stopping this command does not stop it",
          options, Rotate)
      ->add_flag("--no-wait", options->no_wait, "Only begin");
  AddVerb(keys, line, "status", "Count what the server needs each key for",
          options, Status);
}

}  // namespace bursar::client
