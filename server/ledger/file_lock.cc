#include "server/ledger/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "server/ledger/unavailable.h"

namespace bursar {
namespace {

std::string ReadOwner(int file) {
  char text[32];
  const ssize_t size = pread(file, text, sizeof(text), 0);
  const absl::string_view owner = absl::StripAsciiWhitespace(
      absl::string_view(text, size > 0 ? static_cast<std::size_t>(size) : 0));
  return owner.empty() ? "unknown" : std::string(owner);
}

bool WriteOwner(int file) {
  const std::string owner = absl::StrCat(getpid(), "\n");
  return ftruncate(file, 0) == 0 &&
         pwrite(file, owner.data(), owner.size(), 0) ==
             static_cast<ssize_t>(owner.size());
}

absl::Status Unlockable(const std::string& path, int error) {
  if (error == ENOSPC || error == EDQUOT) {
    return LedgerUnavailable(path, LedgerTrouble::kDiskFull);
  }
  return LedgerUnavailable(
      path, absl::StrCat("its lock ", path,
                         ".lock cannot be taken: ", std::strerror(error)));
}

}  // namespace

absl::StatusOr<FileLock> FileLock::Acquire(const std::string& path) {
  const std::string lock_path = absl::StrCat(path, ".lock");
  const int file = open(lock_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) return Unlockable(path, errno);
  FileLock lock(file);
  if (flock(file, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return Unlockable(path, errno);
    return LedgerUnavailable(
        path, absl::StrCat("another bursard uses it (process ", ReadOwner(file),
                           "): stop that one, or give this "
                           "one a ledger of its own"));
  }
  if (!WriteOwner(file)) return Unlockable(path, errno);
  return lock;
}

FileLock::FileLock(FileLock&& other) noexcept
    : file_(std::exchange(other.file_, -1)) {}

FileLock::~FileLock() {
  if (file_ >= 0) close(file_);
}

}  // namespace bursar
