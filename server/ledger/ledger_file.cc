#include "server/ledger/ledger_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "server/ledger/unavailable.h"

namespace bursar {
namespace {

absl::Status CheckExisting(const std::string& path, const struct stat& file) {
  if (!S_ISREG(file.st_mode)) {
    return LedgerUnavailable(path, LedgerTrouble::kNotALedger);
  }
  // The superuser may write to any file; one marked read-only was meant so.
  const bool marked = (file.st_mode & (S_IWUSR | S_IWGRP | S_IWOTH)) == 0;
  if (marked || access(path.c_str(), R_OK | W_OK) != 0) {
    return LedgerUnavailable(path, LedgerTrouble::kReadOnly);
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckFolder(const std::string& path) {
  std::string folder = std::filesystem::path(path).parent_path().string();
  if (folder.empty()) folder = ".";
  std::error_code error;
  if (!std::filesystem::is_directory(folder, error)) {
    return LedgerUnavailable(path,
                             absl::StrCat("there is no folder ", folder,
                                          ": make it, with "
                                          "permission for this user to write"));
  }
  if (access(folder.c_str(), W_OK | X_OK) != 0) {
    return LedgerUnavailable(
        path,
        absl::StrCat("its folder ", folder, " cannot be written to (",
                     std::strerror(errno), "): give this user permission"));
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> EnsureFile(const std::string& path) {
  struct stat status;
  if (stat(path.c_str(), &status) == 0) {
    const absl::Status usable = CheckExisting(path, status);
    if (!usable.ok()) return usable;
    return false;
  }
  const int file =
      open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) {
    const int error = errno;
    if (error == ENOSPC || error == EDQUOT) {
      return LedgerUnavailable(path, LedgerTrouble::kDiskFull);
    }
    return LedgerUnavailable(
        path, absl::StrCat("it cannot be made: ", std::strerror(error)));
  }
  close(file);
  return true;
}

void RemoveFiles(const std::string& path) {
  for (const char* suffix : {"", "-wal", "-shm"}) {
    unlink(absl::StrCat(path, suffix).c_str());
  }
}

}  // namespace bursar
