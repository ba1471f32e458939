// bursard's own stack with what a test needs to change about it: a clock that
// is moved from outside, or a death in the middle of a refresh.

#include <CLI/CLI.hpp>
#include <csignal>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "server/config/config.h"
#include "server/main/assemble.h"
#include "server/main/ready_file.h"
#include "tests/journey/under_test/dying_journal.h"
#include "tests/journey/under_test/movable_clock.h"

namespace bursar {
namespace {

const std::map<std::string, DeathPoint> kPoints = {
    {"before-begin", DeathPoint::kBeforeBeginIsDurable},
    {"after-begin", DeathPoint::kAfterBeginIsDurable},
    {"before-commit", DeathPoint::kBeforeCommitIsDurable},
    {"after-commit", DeathPoint::kAfterCommitIsDurable},
};

struct Flags {
  std::string config;
  std::string ready_file;
  std::string clock;
  std::optional<DeathPoint> die;
};

int Serve(const Flags& flags) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  const auto config = LoadConfig(flags.config);
  if (!config.ok()) {
    std::cerr << config.status().message() << "\n";
    return 2;
  }
  Overrides overrides;
  std::unique_ptr<MovableClock> clock;
  if (!flags.clock.empty()) {
    clock = std::make_unique<MovableClock>(flags.clock);
    overrides.clock = clock.get();
  }
  if (flags.die) {
    overrides.journal = [&flags](std::unique_ptr<Journal> inner) {
      return std::make_unique<DyingJournal>(std::move(inner), *flags.die);
    };
  }
  const auto broker = Broker::Assemble(*config, overrides);
  if (!broker.ok() || !WriteReadyFile(flags.ready_file, **broker).ok()) {
    std::cerr << broker.status().message() << "\n";
    return 1;
  }
  int signal = 0;
  sigwait(&signals, &signal);
  (*broker)->Drain(config->drain_timeout);
  return 0;
}

}  // namespace
}  // namespace bursar

int main(int argc, char** argv) {
  bursar::Flags flags;
  CLI::App app("bursard, as tests want it");
  app.add_option("--config", flags.config)->required();
  app.add_option("--ready-file", flags.ready_file)->required();
  app.add_option("--clock", flags.clock,
                 "a file of eight bytes: how many microseconds to be ahead");
  app.add_option("--die", flags.die, "where in its first refresh it ends")
      ->transform(CLI::CheckedTransformer(bursar::kPoints));
  CLI11_PARSE(app, argc, argv);
  return bursar::Serve(flags);
}
