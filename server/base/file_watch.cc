#include "server/base/file_watch.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <mutex>
#include <optional>
#include <utility>

#include "absl/hash/hash.h"
#include "absl/strings/string_view.h"

namespace bursar {
namespace {

using Digests = std::vector<std::optional<uint64_t>>;

// Of what the file holds; nothing if it cannot be read. Sizes and times would
// not do: a volume's swap may keep both.
std::optional<uint64_t> DigestOf(const std::string& path) {
  // Nobody may ever write to what turns out to be a pipe.
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) return std::nullopt;
  std::array<char, 16'384> bytes{};
  uint64_t digest = 0;
  ssize_t count = 0;
  while ((count = read(file, bytes.data(), bytes.size())) > 0) {
    const absl::string_view part(bytes.data(), static_cast<std::size_t>(count));
    digest = absl::HashOf(digest, part);
  }
  close(file);
  // It may be a key.
  explicit_bzero(bytes.data(), bytes.size());
  if (count < 0) return std::nullopt;
  return digest;
}

Digests DigestsOf(const std::vector<std::string>& paths) {
  Digests digests;
  digests.reserve(paths.size());
  for (const std::string& path : paths) digests.push_back(DigestOf(path));
  return digests;
}

}  // namespace

struct FileWatch::State {
  State(std::vector<std::string> watched, Executor& runs)
      : paths(std::move(watched)), executor(runs), seen(DigestsOf(paths)) {}

  const std::vector<std::string> paths;
  Executor& executor;
  std::mutex mutex;  // Held while somebody is told.
  // Guarded by mutex.
  Digests seen;
  absl::AnyInvocable<void()> changed;
  bool ended = false;
};

FileWatch::FileWatch(std::vector<std::string> paths, Executor& executor)
    : state_(std::make_shared<State>(std::move(paths), executor)) {}

FileWatch::~FileWatch() {
  const std::lock_guard lock(state_->mutex);
  state_->ended = true;
  state_->changed = nullptr;
}

void FileWatch::Start(absl::AnyInvocable<void()> changed) {
  {
    const std::lock_guard lock(state_->mutex);
    state_->changed = std::move(changed);
  }
  state_->executor.After(kInterval, [state = state_] { LookAgain(state); });
}

void FileWatch::LookAgain(const std::shared_ptr<State>& state) {
  const std::lock_guard lock(state->mutex);
  if (state->ended) return;
  Digests found = DigestsOf(state->paths);
  if (found != state->seen) {
    state->seen = std::move(found);
    state->changed();
  }
  // Within the lock: the executor may go once the watch has.
  state->executor.After(kInterval, [state] { LookAgain(state); });
}

}  // namespace bursar
