#include "server/sealing/keyring_file.h"

#include <algorithm>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "server/sealing/key_file.h"
#include "server/sealing/key_lines.h"

namespace bursar {
namespace {

constexpr std::size_t kIdBytes = 4;

std::string RandomBytes(Random& random, std::size_t size) {
  std::string bytes(size, '\0');
  random.Fill(absl::MakeSpan(reinterpret_cast<unsigned char*>(bytes.data()),
                             bytes.size()));
  return bytes;
}

// A new key's id and line.
struct NewKey {
  std::string id;
  Secret line;
};

absl::StatusOr<NewKey> MakeKey(Random& random, KeyWrapper* wrapper) {
  std::string id = absl::StrCat(
      "key-", absl::BytesToHexString(RandomBytes(random, kIdBytes)));
  const Secret key = Secret::Take(RandomBytes(random, kKeyBytes));
  if (wrapper == nullptr) {
    Secret line = FormatKeyLine(id, /*wrapped=*/false, key.Expose());
    return NewKey{std::move(id), std::move(line)};
  }
  const absl::StatusOr<std::string> wrapped = wrapper->Wrap(key, id);
  if (!wrapped.ok()) return wrapped.status();
  Secret line = FormatKeyLine(id, /*wrapped=*/true, *wrapped);
  return NewKey{std::move(id), std::move(line)};
}

// `content` with `inserted` in the place of what stands from `begin` to `end`.
Secret Spliced(const Secret& content, std::size_t begin, std::size_t end,
               absl::string_view inserted) {
  const absl::string_view text = content.Expose();
  return Secret::Take(
      absl::StrCat(text.substr(0, begin), inserted, text.substr(end)));
}

}  // namespace

absl::Status CreateKeyringFile(const std::string& path, Random& random,
                               KeyWrapper* wrapper) {
  const absl::StatusOr<NewKey> key = MakeKey(random, wrapper);
  if (!key.ok()) return key.status();
  return CreateKeyFile(
      path,
      Secret::Take(absl::StrCat(
          "# Keys of a bursar ledger: without this file the ledger is lost.\n"
          "# The first key seals; every key opens what it sealed.\n",
          key->line.Expose())));
}

absl::StatusOr<std::string> AddKey(const std::string& path, Random& random,
                                   KeyWrapper* wrapper) {
  const absl::StatusOr<KeyFileLock> lock = KeyFileLock::Take(path);
  if (!lock.ok()) return lock.status();
  const absl::StatusOr<Secret> content = ReadKeyFile(path);
  if (!content.ok()) return content.status();
  const auto lines = ParseKeyLines(path, content->Expose());
  if (!lines.ok()) return lines.status();
  absl::StatusOr<NewKey> key = MakeKey(random, wrapper);
  if (!key.ok()) return key.status();
  const std::size_t at = lines->front().begin;
  const absl::Status status =
      ReplaceKeyFile(path, Spliced(*content, at, at, key->line.Expose()));
  if (!status.ok()) return status;
  return std::move(key->id);
}

absl::Status RemoveKey(const std::string& path, const std::string& id) {
  const absl::StatusOr<KeyFileLock> lock = KeyFileLock::Take(path);
  if (!lock.ok()) return lock.status();
  const absl::StatusOr<Secret> content = ReadKeyFile(path);
  if (!content.ok()) return content.status();
  const auto lines = ParseKeyLines(path, content->Expose());
  if (!lines.ok()) return lines.status();
  const auto line =
      std::find_if(lines->begin(), lines->end(),
                   [&](const KeyLine& other) { return other.id == id; });
  if (line == lines->end()) {
    return absl::NotFoundError(
        absl::StrCat(path, ": holds no key ", id, "; see bursarctl keys list"));
  }
  if (line == lines->begin()) {
    return absl::FailedPreconditionError(absl::StrCat(
        path, ": ", id, " is the key that seals; first add another"));
  }
  return ReplaceKeyFile(path, Spliced(*content, line->begin, line->end, ""));
}

absl::StatusOr<std::vector<ListedKey>> ListKeys(const std::string& path) {
  const absl::StatusOr<Secret> content = ReadKeyFile(path);
  if (!content.ok()) return content.status();
  const auto lines = ParseKeyLines(path, content->Expose());
  if (!lines.ok()) return lines.status();
  std::vector<ListedKey> keys;
  keys.reserve(lines->size());
  for (const KeyLine& line : *lines) keys.push_back({line.id, line.wrapped});
  return keys;
}

}  // namespace bursar
