// bursarctl api-key: keys for callers who have nothing better to show.

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <iostream>

#include "absl/strings/str_cat.h"
#include "bursar/v1/api_keys.grpc.pb.h"
#include "client/bursarctl/command.h"
#include "client/bursarctl/exit_code.h"
#include "client/bursarctl/text.h"
#include "client/secret_text.h"
#include "server/base/clock.h"

namespace bursar::client {
namespace {

struct ApiKeyOptions {
  std::string name;
  std::string id;
  std::string key_file;
  absl::Duration ttl = absl::Hours(90 * 24);
  int limit = 0;
};

absl::Status KeyFileError(const std::string& path, absl::string_view what) {
  return UsageError(absl::StrCat(path, ": ", what));
}

// A file for its owner alone, open and empty, before there is a key to lose.
class KeyFile {
 public:
  explicit KeyFile(std::string path)
      : path_(std::move(path)),
        file_(
            open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)),
        error_(errno) {}
  KeyFile(const KeyFile&) = delete;
  ~KeyFile() {
    if (file_ < 0) return;
    close(file_);
    if (!kept_) unlink(path_.c_str());
  }

  absl::Status status() const {
    return file_ >= 0 ? absl::OkStatus()
                      : KeyFileError(path_, std::strerror(error_));
  }

  absl::Status Keep(absl::string_view key) {
    const ssize_t written = write(file_, key.data(), key.size());
    if (written != static_cast<ssize_t>(key.size()) || fsync(file_) != 0) {
      return KeyFileError(path_,
                          "cannot be written: the key is lost; revoke "
                          "it and make another");
    }
    kept_ = true;
    return absl::OkStatus();
  }

 private:
  const std::string path_;
  const int file_;
  const int error_;
  bool kept_ = false;
};

std::string StateText(const v1::ApiKey& key, absl::Time now) {
  if (key.has_revoke_time()) return "revoked";
  return now < absl::FromUnixSeconds(key.expire_time().seconds()) ? "good"
                                                                  : "expired";
}

absl::Status Create(const ApiKeyOptions& options, Session& session,
                    const Output& output) {
  std::optional<KeyFile> file;
  if (!options.key_file.empty()) {
    file.emplace(options.key_file);
    if (absl::Status status = file->status(); !status.ok()) return status;
  }
  v1::CreateApiKeyRequest request;
  request.set_name(options.name);
  *request.mutable_ttl() = ToProto(options.ttl);
  auto created =
      session.Call<v1::ApiKeys>(&v1::ApiKeys::Stub::CreateApiKey, request);
  if (!created.ok()) return created.status();
  if (file) {
    absl::Status kept = file->Keep(created->key());
    Wipe(*created->mutable_key());
    if (!kept.ok()) return kept;
    created->clear_key();
  }
  const v1::ApiKey& key = created->api_key();
  Table table = Table::OfFields();
  table.Add({"id", key.id()});
  table.Add({"caller", absl::StrCat("api-key:", key.name())});
  table.Add({"expires", TimeText(key.has_expire_time(), key.expire_time(),
                                 SystemClock().Now())});
  table.Add(
      {"key", file ? absl::StrCat("in ", options.key_file) : created->key()});
  output.Print(*created, table);
  return absl::OkStatus();
}

absl::Status List(const ApiKeyOptions& options, Session& session,
                  const Output& output) {
  auto listed = session.List<v1::ApiKeys>(
      &v1::ApiKeys::Stub::ListApiKeys, v1::ListApiKeysRequest(), options.limit,
      [](const v1::ListApiKeysResponse& all) { return all.api_keys_size(); });
  if (!listed.ok()) return listed.status();
  Table table = Table::Of(
      {"ID", "NAME", "STATE", "EXPIRES", "LAST USED", "CREATED", "CREATOR"},
      "No API keys.");
  const absl::Time now = SystemClock().Now();
  for (const v1::ApiKey& key : listed->api_keys()) {
    table.Add({key.id(), key.name(), StateText(key, now),
               TimeText(key.has_expire_time(), key.expire_time(), now),
               TimeText(key.has_last_use_time(), key.last_use_time(), now),
               TimeText(key.has_create_time(), key.create_time(), now),
               key.creator()});
  }
  output.Print(*listed, table);
  return absl::OkStatus();
}

absl::Status Revoke(const ApiKeyOptions& options, Session& session,
                    const Output& output) {
  v1::RevokeApiKeyRequest request;
  request.set_id(options.id);
  auto revoked =
      session.Call<v1::ApiKeys>(&v1::ApiKeys::Stub::RevokeApiKey, request);
  if (!revoked.ok()) return revoked.status();
  Table table = Table::OfFields();
  table.Add({"revoked", revoked->id()});
  table.Add({"caller", absl::StrCat("api-key:", revoked->name())});
  output.Print(*revoked, table);
  return absl::OkStatus();
}

}  // namespace

void AddApiKeyCommands(CLI::App& app, CommandLine& line) {
  CLI::App& noun = *AddNoun(app, "api-key",
                            "Keys for callers who have nothing better to show");
  auto options = std::make_shared<ApiKeyOptions>();
  CLI::App* create = AddVerb(
      noun, line, "create",
      "Make a key; it is shown this once, or put into a file", options, Create);
  create
      ->add_option("NAME", options->name,
                   "Whose: the policy knows its bearer as api-key:NAME")
      ->required();
  AddDuration(*create, "--ttl", options->ttl, "How long it is good for");
  create->add_option("--key-file", options->key_file,
                     "Put the key into this new file instead of showing it");
  AddVerb(noun, line, "list", "List keys, newest first", options, List)
      ->add_option("--limit", options->limit, "Show at most so many")
      ->check(CLI::PositiveNumber);
  AddVerb(noun, line, "revoke", "End a key; it is refused at once", options,
          Revoke)
      ->add_option("ID", options->id, "The key's id, as in the list")
      ->required();
}

}  // namespace bursar::client
