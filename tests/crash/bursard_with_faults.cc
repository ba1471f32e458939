// bursard's own stack, which dies at the named point of its first refresh.

#include <CLI/CLI.hpp>
#include <csignal>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "server/config/config.h"
#include "server/main/assemble.h"
#include "server/main/ready_file.h"
#include "tests/crash/dying_journal.h"

namespace bursar {
namespace {

const std::map<std::string, DeathPoint> kPoints = {
    {"before-begin", DeathPoint::kBeforeBeginIsDurable},
    {"after-begin", DeathPoint::kAfterBeginIsDurable},
    {"before-commit", DeathPoint::kBeforeCommitIsDurable},
    {"after-commit", DeathPoint::kAfterCommitIsDurable},
};

int Serve(const std::string& path, const std::string& ready_file,
          DeathPoint point) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  const auto config = LoadConfig(path);
  if (!config.ok()) {
    std::cerr << config.status().message() << "\n";
    return 2;
  }
  Overrides overrides;
  overrides.journal = [point](std::unique_ptr<Journal> inner) {
    return std::make_unique<DyingJournal>(std::move(inner), point);
  };
  const auto broker = Broker::Assemble(*config, overrides);
  if (!broker.ok() || !WriteReadyFile(ready_file, **broker).ok()) {
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
  std::string config;
  std::string ready_file;
  bursar::DeathPoint point = bursar::DeathPoint::kBeforeBeginIsDurable;
  CLI::App app("bursard, dying in the middle of a refresh");
  app.add_option("--config", config)->required();
  app.add_option("--ready-file", ready_file)->required();
  app.add_option("--die", point)
      ->required()
      ->transform(CLI::CheckedTransformer(bursar::kPoints));
  CLI11_PARSE(app, argc, argv);
  return bursar::Serve(config, ready_file, point);
}
