#include "server/sealing/keyring.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace bursar {
namespace {

constexpr std::size_t kMaximumFileBytes = 64 * 1024;
constexpr std::size_t kMaximumIdLength = 32;

absl::Status Failure(const std::string& path, absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat(path, ": ", what));
}

absl::Status OpenFailure(const std::string& path, int error) {
  if (error == ENOENT) {
    return absl::NotFoundError(
        absl::StrCat(path,
                     ": there is no such key file; make one with: "
                     "bursarctl keys create ",
                     path));
  }
  return absl::PermissionDeniedError(absl::StrCat(
      path, ": the key file cannot be opened: ", std::strerror(error)));
}

absl::Status CheckFile(int file, const std::string& path) {
  struct stat status;
  if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) {
    return Failure(path, "is not a regular file; name a key file");
  }
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return absl::PermissionDeniedError(
        absl::StrCat(path,
                     ": others than its owner may use the key file; "
                     "correct it with: chmod 600 ",
                     path));
  }
  if (static_cast<std::size_t>(status.st_size) > kMaximumFileBytes) {
    return Failure(path, "is too large to be a key file");
  }
  return absl::OkStatus();
}

absl::StatusOr<Secret> ReadFile(const std::string& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) return OpenFailure(path, errno);
  const absl::Cleanup close_file = [file] { close(file); };
  if (absl::Status status = CheckFile(file, path); !status.ok()) return status;
  std::string bytes(kMaximumFileBytes, '\0');
  std::size_t size = 0;
  while (size < bytes.size()) {
    const ssize_t count = read(file, &bytes[size], bytes.size() - size);
    if (count == 0) break;
    if (count < 0 && errno != EINTR) {
      const int error = errno;
      Wipe(bytes);
      return OpenFailure(path, error);
    }
    if (count > 0) size += static_cast<std::size_t>(count);
  }
  Secret content = Secret::Copy(absl::string_view(bytes).substr(0, size));
  Wipe(bytes);
  return content;
}

bool IsId(absl::string_view text) {
  return !text.empty() && text.size() <= kMaximumIdLength &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '-';
         });
}

std::optional<Secret> KeyBytes(absl::string_view text) {
  std::string bytes;
  if (!absl::Base64Unescape(text, &bytes)) return std::nullopt;
  Secret secret = Secret::Take(std::move(bytes));
  if (secret.size() != Keyring::kKeyBytes) return std::nullopt;
  return secret;
}

absl::StatusOr<Keyring::Key> ParseLine(const std::string& where,
                                       absl::string_view line) {
  const std::vector<absl::string_view> words =
      absl::StrSplit(line, absl::ByAnyChar(" \t"), absl::SkipEmpty());
  if (words.size() != 2) {
    return Failure(where, "a line must be KEY-ID, a blank, and the key");
  }
  if (!IsId(words[0])) {
    return Failure(where,
                   "a key's id must be 1 to 32 lower-case letters, digits and "
                   "hyphens");
  }
  std::optional<Secret> bytes = KeyBytes(words[1]);
  if (!bytes) {
    return Failure(where, absl::StrCat("a key must be ", Keyring::kKeyBytes,
                                       " bytes in base64"));
  }
  return Keyring::Key{std::string(words[0]), *std::move(bytes)};
}

absl::Status WriteNew(const std::string& path, absl::string_view content) {
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
  const ssize_t written = write(file, content.data(), content.size());
  const bool durable =
      written == static_cast<ssize_t>(content.size()) && fsync(file) == 0;
  const int error = errno;
  close(file);
  if (durable) return absl::OkStatus();
  unlink(path.c_str());
  return absl::UnavailableError(absl::StrCat(
      path, ": the key file cannot be written: ", std::strerror(error)));
}

}  // namespace

absl::StatusOr<Keyring> Keyring::Load(const std::string& path) {
  const absl::StatusOr<Secret> content = ReadFile(path);
  if (!content.ok()) return content.status();
  std::vector<Key> keys;
  int number = 0;
  for (absl::string_view line : absl::StrSplit(content->Expose(), '\n')) {
    ++number;
    line = absl::StripAsciiWhitespace(line);
    if (line.empty() || line.front() == '#') continue;
    const std::string where = absl::StrCat(path, ":", number);
    absl::StatusOr<Key> key = ParseLine(where, line);
    if (!key.ok()) return key.status();
    const bool repeated =
        std::any_of(keys.begin(), keys.end(),
                    [&](const Key& other) { return other.id == key->id; });
    if (repeated) {
      return Failure(where, "the id of this key was used above; ids differ");
    }
    keys.push_back(*std::move(key));
  }
  if (keys.empty()) {
    return Failure(path, absl::StrCat("holds no key; make another file with: "
                                      "bursarctl keys create FILE"));
  }
  return Keyring(std::move(keys));
}

absl::Status Keyring::Create(const std::string& path, Random& random) {
  std::string id(4, '\0');
  random.Fill(
      absl::MakeSpan(reinterpret_cast<unsigned char*>(id.data()), id.size()));
  std::string bytes(kKeyBytes, '\0');
  random.Fill(absl::MakeSpan(reinterpret_cast<unsigned char*>(bytes.data()),
                             bytes.size()));
  std::string text = absl::Base64Escape(bytes);
  std::string content = absl::StrCat(
      "# Keys of a bursar ledger: without this file the ledger is lost.\n"
      "# The first key seals; every key opens what it sealed.\nkey-",
      absl::BytesToHexString(id), " ", text, "\n");
  const absl::Status status = WriteNew(path, content);
  Wipe(bytes);
  Wipe(text);
  Wipe(content);
  return status;
}

const Keyring::Key* Keyring::Find(absl::string_view id) const {
  const auto key = std::find_if(keys_.begin(), keys_.end(),
                                [&](const Key& k) { return k.id == id; });
  return key == keys_.end() ? nullptr : &*key;
}

}  // namespace bursar
