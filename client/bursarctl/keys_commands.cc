// bursarctl keys: the server's keyring file. Works without a server.

#include <iostream>

#include "absl/strings/str_cat.h"
#include "client/bursarctl/command.h"
#include "client/bursarctl/exit_code.h"
#include "server/base/random.h"
#include "server/sealing/keyring.h"

namespace bursar::client {
namespace {

struct KeysOptions {
  std::string file;
};

absl::Status Create(const KeysOptions& options, Session&, const Output&) {
  SystemRandom random;
  const absl::Status status = Keyring::Create(options.file, random);
  if (!status.ok()) return UsageError(status.message());
  std::cout << "Made " << options.file
            << ". Keep a copy apart from the ledger's: without it, nothing "
               "that the ledger holds can be read again.\n";
  return absl::OkStatus();
}

}  // namespace

void AddKeysCommands(CLI::App& app, CommandLine& line) {
  CLI::App& noun =
      *AddNoun(app, "keys", "The keys that the ledger is sealed with");
  auto options = std::make_shared<KeysOptions>();
  AddVerb(noun, line, "create",
          "Make a keyring file with one new key; never overwrites", options,
          Create)
      ->add_option("FILE", options->file, "Where to put it")
      ->required();
}

}  // namespace bursar::client
