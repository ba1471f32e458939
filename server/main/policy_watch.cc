#include "server/main/policy_watch.h"

#include <utility>

#include "absl/strings/str_split.h"
#include "server/base/log.h"
#include "server/config/policy_file.h"

namespace bursar {

PolicyWatch::PolicyWatch(std::string path, PolicyInForce& policy,
                         FilesInForce& in_force, const Clock& clock,
                         Executor& executor)
    : path_(std::move(path)),
      policy_(policy),
      in_force_(in_force),
      clock_(clock),
      watch_({path_}, executor) {}

absl::Status PolicyWatch::Start() {
  absl::Status loaded = Load();
  if (!loaded.ok()) return loaded;
  log::Info("policy.loaded", {{"version", policy_.Get()->version()}});
  watch_.Start([this] { Reload(); });
  return absl::OkStatus();
}

absl::Status PolicyWatch::Load() {
  absl::StatusOr<LoadedPolicy> loaded = LoadPolicy(path_);
  if (!loaded.ok()) return loaded.status();
  policy_.Put(*std::move(loaded));
  in_force_.Taken({"policy", {path_}}, clock_.Now());
  return absl::OkStatus();
}

void PolicyWatch::Reload() {
  const absl::Status loaded = Load();
  if (loaded.ok()) {
    log::Info("policy.reloaded", {{"version", policy_.Get()->version()}});
    return;
  }
  in_force_.Refused({"policy", {path_}});
  for (const absl::string_view error : absl::StrSplit(loaded.message(), '\n')) {
    log::Error("policy.refused",
               {{"error", error}, {"in_force", policy_.Get()->version()}});
  }
}

}  // namespace bursar
