// bursarctl keys: the server's keyring file. What changes it works without a
// server.

#include <iostream>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "client/bursarctl/command.h"
#include "client/bursarctl/exit_code.h"
#include "server/base/random.h"
#include "server/sealing/keyring.h"
#include "server/sealing/keyring_file.h"
#include "server/sealing/pkcs11_wrapper.h"

namespace bursar::client {
namespace {

struct KeysOptions {
  std::string file;
  std::string id;
  Pkcs11Settings token;
};

// Runs `act` with what wraps new keys: nothing, or the token that is named.
template <typename Act>
absl::Status WithToken(const Pkcs11Settings& settings, Act act) {
  if (settings.module.empty()) return act(nullptr);
  const auto wrapper = Pkcs11Wrapper::Open(settings);
  if (!wrapper.ok()) return wrapper.status();
  return act(wrapper->get());
}

absl::Status AsUsageError(const absl::Status& status) {
  return status.ok() ? status : UsageError(status.message());
}

absl::Status Create(const KeysOptions& options, Session&, const Output&) {
  const absl::Status status =
      WithToken(options.token, [&](KeyWrapper* wrapper) {
        SystemRandom random;
        return Keyring::Create(options.file, random, wrapper);
      });
  if (!status.ok()) return UsageError(status.message());
  std::cout << "Made " << options.file
            << ". Keep a copy apart from the ledger's: without it, nothing "
               "that the ledger holds can be read again.\n";
  return absl::OkStatus();
}

absl::Status Add(const KeysOptions& options, Session&, const Output&) {
  return AsUsageError(WithToken(options.token, [&](KeyWrapper* wrapper) {
    SystemRandom random;
    const auto id = AddKey(options.file, random, wrapper);
    if (!id.ok()) return id.status();
    std::cout << "Added " << *id << ", which seals from now on. Keep a copy of "
              << options.file
              << ", and seal anew what is under older keys with: bursarctl "
                 "keys rotate\n";
    return absl::OkStatus();
  }));
}

absl::Status ListAll(const KeysOptions& options, Session&, const Output&) {
  const auto keys = ListKeys(options.file);
  if (!keys.ok()) return UsageError(keys.status().message());
  Table table = Table::Of({"KEY", "SEALS", "WRAPPED BY"}, "No keys.");
  for (const ListedKey& key : *keys) {
    table.Add({key.id, key.id == keys->front().id ? "yes" : "",
               key.wrapped ? "a PKCS#11 token" : ""});
  }
  std::cout << table.Text();
  return absl::OkStatus();
}

absl::Status Remove(const KeysOptions& options, Session&, const Output&) {
  const absl::Status status = RemoveKey(options.file, options.id);
  if (!status.ok()) return UsageError(status.message());
  std::cout << "Removed " << options.id
            << ". A server that still needs it refuses the file and says so in "
               "its log; copies of the ledger from before the rotation need it "
               "as long as you keep them.\n";
  return absl::OkStatus();
}

void AddFile(CLI::App& verb, KeysOptions& options,
             const std::string& description) {
  verb.add_option("FILE", options.file, description)->required();
}

void AddToken(CLI::App& verb, Pkcs11Settings& token) {
  CLI::Option* module = verb.add_option(
      "--pkcs11-module", token.module,
      "Wrap the key with one in a PKCS#11 token: the library to reach it with");
  for (const auto& [name, value, description] :
       {std::tuple("--token-label", &token.token_label, "The token's label"),
        std::tuple("--key-label", &token.key_label,
                   "The label of the AES key in it that wraps"),
        std::tuple("--pin-file", &token.pin_file,
                   "File of the PIN; a file, as others see the arguments")}) {
    CLI::Option* option = verb.add_option(name, *value, description);
    option->needs(module);
    module->needs(option);
  }
}

}  // namespace

void AddKeysCommands(CLI::App& app, CommandLine& line) {
  CLI::App& noun =
      *AddNoun(app, "keys", "The keys that the ledger is sealed with");
  const auto options = std::make_shared<KeysOptions>();
  CLI::App* create =
      AddVerb(noun, line, "create",
              "Make a keyring file with one new key; never overwrites", options,
              Create);
  AddFile(*create, *options, "Where to put it");
  AddToken(*create, options->token);
  CLI::App* add =
      AddVerb(noun, line, "add",
              "Put a new key into a keyring file, which seals from then on",
              options, Add);
  AddFile(*add, *options, "The keyring file");
  AddToken(*add, options->token);
  AddFile(*AddVerb(noun, line, "list", "List the keys of a keyring file",
                   options, ListAll),
          *options, "The keyring file");
  CLI::App* remove = AddVerb(
      noun, line, "remove",
      "Take a key out of a keyring file, once \"keys status\" says that the "
      "server does not need it",
      options, Remove);
  AddFile(*remove, *options, "The keyring file");
  remove->add_option("ID", options->id, "The key's id")->required();
  AddKeyRotationVerbs(noun, line);
}

}  // namespace bursar::client
