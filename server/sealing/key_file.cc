#include "server/sealing/key_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"

namespace bursar {
namespace {

constexpr std::size_t kMaximumFileBytes = 64 * 1024;

absl::Status FileFailure(const std::string& path, absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat(path, ": ", what));
}

absl::Status OpenFailure(const std::string& path, absl::string_view what,
                         int error) {
  if (error == ENOENT) {
    return absl::NotFoundError(absl::StrCat(path, ": there is no such ", what));
  }
  return absl::PermissionDeniedError(absl::StrCat(
      path, ": the ", what, " cannot be opened: ", std::strerror(error)));
}

absl::Status WriteFailure(const std::string& path, int error) {
  return absl::UnavailableError(absl::StrCat(
      path, ": the key file cannot be written: ", std::strerror(error)));
}

absl::Status CheckFile(int file, const std::string& path,
                       absl::string_view what) {
  struct stat status;
  if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) {
    return FileFailure(path,
                       absl::StrCat("is not a regular file; name a ", what));
  }
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return absl::PermissionDeniedError(
        absl::StrCat(path, ": others than its owner may use the ", what,
                     "; correct it with: chmod 600 ", path));
  }
  if (static_cast<std::size_t>(status.st_size) > kMaximumFileBytes) {
    return FileFailure(path, absl::StrCat("is too large to be a ", what));
  }
  return absl::OkStatus();
}

// 0, or what kept it from being durable.
int WriteDurably(int file, const Secret& content) {
  const absl::string_view bytes = content.Expose();
  const ssize_t written = write(file, bytes.data(), bytes.size());
  if (written < 0) return errno;
  if (written != static_cast<ssize_t>(bytes.size())) return ENOSPC;
  return fsync(file) == 0 ? 0 : errno;
}

// What a link leads to: the link itself stays.
std::string Resolved(const std::string& path) {
  const std::unique_ptr<char, decltype(&std::free)> resolved(
      realpath(path.c_str(), nullptr), &std::free);
  return resolved == nullptr ? path : resolved.get();
}

int FlushFolderOf(const std::string& path) {
  const std::string folder = path.substr(0, path.rfind('/') + 1);
  const int file = open(folder.empty() ? "." : folder.c_str(),
                        O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return errno;
  const int error = fsync(file) == 0 ? 0 : errno;
  close(file);
  return error;
}

// 0, or what kept the lock from being taken.
int TakeLock(int file, const std::string& target) {
  struct stat owned;
  if (stat(target.c_str(), &owned) != 0) return errno;
  struct stat lock;
  if (fstat(file, &lock) != 0) return errno;
  // As the key file: an operator may be another than whom the server runs as.
  if ((lock.st_uid != owned.st_uid || lock.st_gid != owned.st_gid) &&
      fchown(file, owned.st_uid, owned.st_gid) != 0) {
    return errno;
  }
  while (flock(file, LOCK_EX) != 0) {
    if (errno != EINTR) return errno;
  }
  return 0;
}

// Fills `made`, an open new file, and gives it the name of the old one.
int Replace(int made, const std::string& name, const std::string& path,
            const Secret& content) {
  struct stat old;
  if (stat(path.c_str(), &old) != 0) return errno;
  // An operator may be another than whom the server runs as.
  if (fchown(made, old.st_uid, old.st_gid) != 0) return errno;
  if (const int error = WriteDurably(made, content); error != 0) return error;
  if (std::rename(name.c_str(), path.c_str()) != 0) return errno;
  return FlushFolderOf(path);
}

}  // namespace

absl::StatusOr<Secret> ReadSecretFile(const std::string& path,
                                      absl::string_view what) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) return OpenFailure(path, what, errno);
  const absl::Cleanup close_file = [file] { close(file); };
  absl::Status status = CheckFile(file, path, what);
  if (!status.ok()) return status;
  std::string bytes(kMaximumFileBytes, '\0');
  std::size_t size = 0;
  while (size < bytes.size()) {
    const ssize_t count = read(file, &bytes[size], bytes.size() - size);
    if (count == 0) break;
    if (count < 0 && errno != EINTR) {
      const int error = errno;
      Wipe(bytes);
      return OpenFailure(path, what, error);
    }
    if (count > 0) size += static_cast<std::size_t>(count);
  }
  Secret content = Secret::Copy(absl::string_view(bytes).substr(0, size));
  Wipe(bytes);
  return content;
}

absl::StatusOr<Secret> ReadKeyFile(const std::string& path) {
  absl::StatusOr<Secret> content = ReadSecretFile(path, "key file");
  if (!absl::IsNotFound(content.status())) return content;
  return absl::NotFoundError(
      absl::StrCat(content.status().message(),
                   "; make one with: bursarctl keys create ", path));
}

absl::Status CreateKeyFile(const std::string& path, const Secret& content) {
  const int file =
      open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) {
    if (errno == EEXIST) {
      return absl::AlreadyExistsError(absl::StrCat(
          path,
          ": there is a file already, and it may hold the only key to a "
          "ledger; name another"));
    }
    return absl::PermissionDeniedError(absl::StrCat(
        path, ": the key file cannot be made: ", std::strerror(errno)));
  }
  int error = WriteDurably(file, content);
  close(file);
  if (error == 0) error = FlushFolderOf(path);
  if (error == 0) return absl::OkStatus();
  unlink(path.c_str());
  return WriteFailure(path, error);
}

absl::StatusOr<KeyFileLock> KeyFileLock::Take(const std::string& path) {
  // No lock file beside what is no key file.
  const absl::StatusOr<Secret> content = ReadKeyFile(path);
  if (!content.ok()) return content.status();
  const std::string target = Resolved(path);
  // For writing: NFS locks nothing else.
  const int file = open(absl::StrCat(target, ".lock").c_str(),
                        O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  const int error = file < 0 ? errno : TakeLock(file, target);
  if (error == 0) return KeyFileLock(file);
  if (file >= 0) close(file);
  return absl::UnavailableError(
      absl::StrCat(path, ": the key file cannot be locked with ", target,
                   ".lock: ", std::strerror(error)));
}

KeyFileLock::~KeyFileLock() {
  if (file_ >= 0) close(file_);
}

absl::Status ReplaceKeyFile(const std::string& path, const Secret& content) {
  const std::string target = Resolved(path);
  std::string name = absl::StrCat(target, ".XXXXXX");
  const int made = mkostemp(name.data(), O_CLOEXEC);
  if (made < 0) return WriteFailure(path, errno);
  const int error = Replace(made, name, target, content);
  close(made);
  if (error == 0) return absl::OkStatus();
  unlink(name.c_str());
  return WriteFailure(path, error);
}

}  // namespace bursar
