// What the command line asks for, filled in by CLI11 and run once it is read.
// Belongs to main. Single-threaded.

#ifndef BURSAR_CLIENT_BURSARCTL_COMMAND_H_
#define BURSAR_CLIENT_BURSARCTL_COMMAND_H_

#include <CLI/CLI.hpp>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "client/bursarctl/output.h"
#include "client/bursarctl/session.h"

namespace bursar::client {

struct CommandLine {
  SessionOptions session;
  Format format = Format::kTable;
  /// Set by the subcommand that was chosen.
  std::function<absl::Status(Session&, const Output&)> run;
};

/// Each adds a noun with its verbs to `app`. Both outlive the parsing.
void AddClientCommands(CLI::App& app, CommandLine& line);
void AddGrantCommands(CLI::App& app, CommandLine& line);
void AddTokenCommands(CLI::App& app, CommandLine& line);
void AddRevokeCommand(CLI::App& app, CommandLine& line);
void AddRevocationCommands(CLI::App& app, CommandLine& line);
void AddUsageCommand(CLI::App& app, CommandLine& line);
void AddAuditCommands(CLI::App& app, CommandLine& line);
void AddEventCommands(CLI::App& app, CommandLine& line);
void AddHealthCommand(CLI::App& app, CommandLine& line);
void AddKeysCommands(CLI::App& app, CommandLine& line);
void AddApiKeyCommands(CLI::App& app, CommandLine& line);
void AddPolicyCommands(CLI::App& app, CommandLine& line);

/// The verbs of "keys" that ask the server.
void AddKeyRotationVerbs(CLI::App& keys, CommandLine& line);

/// The verbs of "grant" that make grants.
void AddConsentVerbs(CLI::App& grant, CommandLine& line);
void AddDeviceVerbs(CLI::App& grant, CommandLine& line);

/// An option that takes a duration such as "90s" or "1h30m".
inline void AddDuration(CLI::App& app, const std::string& name,
                        absl::Duration& value, const std::string& description) {
  app.add_option_function<std::string>(
         name,
         [name, &value](const std::string& text) {
           if (absl::ParseDuration(text, &value)) return;
           throw CLI::ValidationError(name, "a duration is written like 90s");
         },
         description)
      ->type_name("DURATION")
      ->default_str(absl::FormatDuration(value));
}

/// An option that takes one of the names in `choices`.
template <typename Value>
void AddChoice(CLI::App& app, const std::string& name,
               const std::map<std::string, Value>& choices, Value& value,
               const std::string& description) {
  const std::string names = absl::StrJoin(
      choices, "|",
      [](std::string* all, const auto& choice) { all->append(choice.first); });
  app.add_option_function<std::string>(
         name,
         [name, names, choices, &value](const std::string& text) {
           const auto found = choices.find(text);
           if (found == choices.end()) {
             throw CLI::ValidationError(name, "must be one of " + names);
           }
           value = found->second;
         },
         description)
      ->type_name(names);
}

/// A noun: does nothing by itself.
inline CLI::App* AddNoun(CLI::App& app, const std::string& name,
                         const std::string& description) {
  return app.add_subcommand(name, description)
      ->require_subcommand(1)
      ->fallthrough();
}

/// A verb with options of its own kind, which live as long as `app`. `run` gets
/// them when the verb was chosen.
template <typename Options>
CLI::App* AddVerb(CLI::App& app, CommandLine& line, const std::string& name,
                  const std::string& description,
                  const std::shared_ptr<Options>& options,
                  absl::Status (*run)(const Options&, Session&,
                                      const Output&)) {
  CLI::App* verb = app.add_subcommand(name, description)->fallthrough();
  verb->callback([&line, options, run] {
    line.run = [options, run](Session& session, const Output& output) {
      return run(*options, session, output);
    };
  });
  return verb;
}

}  // namespace bursar::client

#endif  // BURSAR_CLIENT_BURSARCTL_COMMAND_H_
