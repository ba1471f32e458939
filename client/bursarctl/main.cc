// bursarctl, the operator's tool: reads the command line, runs the command,
// says how it went.

#include <iostream>
#include <map>

#include "client/bursarctl/command.h"
#include "client/bursarctl/exit_code.h"
#include "server/base/process_memory.h"

namespace {

using bursar::client::CommandLine;
using bursar::client::Format;
using bursar::client::SessionOptions;

constexpr char kExamples[] =
    "Examples:\n"
    "  bursarctl keys create /etc/bursar/keyring\n"
    "  bursarctl client create crm --provider cliq --client-id 1000.AB \\\n"
    "      --scope ZohoCliq.Channels.READ --secret-file - < secret\n"
    "  bursarctl grant begin-consent --user ann --client crm\n"
    "  bursarctl token get --user ann --client crm\n"
    "  printf 'Authorization: %s' \"$(bursarctl token get --user ann \\\n"
    "      --client crm --header)\" | curl -H @- https://api.example/\n"
    "  bursarctl usage --by user\n"
    "  bursarctl revoke --user ann --client crm\n"
    "  bursarctl event list --follow\n"
    "  bursarctl audit verify copy-of-ledger.db --public-key audit.pub\n\n"
    "bursarctl NOUN --help and bursarctl NOUN VERB --help tell more.\n\n";

const std::map<std::string, Format> kFormats = {{"table", Format::kTable},
                                                {"json", Format::kJson}};

void AddGlobals(CLI::App& app, CommandLine& line) {
  SessionOptions& session = line.session;
  app.add_option("--address", session.address,
                 "Where the server is: unix:/path or host:port")
      ->envname("BURSAR_ADDRESS")
      ->default_val("unix:/run/bursar/bursar.sock");
  app.add_option("--tls-ca", session.tls.certificate_authority,
                 "File of the CA certificates to trust; turns TLS on");
  app.add_option("--tls-certificate", session.tls.certificate,
                 "File of your own certificate chain; turns TLS on");
  app.add_option("--tls-key", session.tls.key, "File of its key");
  app.add_option("--bearer-token-file", session.bearer_token_file,
                 "File of an API key or a service account's token to show")
      ->envname("BURSAR_BEARER_TOKEN_FILE");
  app.add_flag("--allow-clear-text", session.allow_clear_text,
               "Talk without TLS to an address that is not on this machine");
  bursar::client::AddChoice(app, "--output", kFormats, line.format,
                            "How to print answers; table if not given");
  bursar::client::AddDuration(app, "--timeout", session.timeout,
                              "How long a call may take");
}

void AddCommands(CLI::App& app, CommandLine& line) {
  bursar::client::AddClientCommands(app, line);
  bursar::client::AddGrantCommands(app, line);
  bursar::client::AddTokenCommands(app, line);
  bursar::client::AddRevokeCommand(app, line);
  bursar::client::AddRevocationCommands(app, line);
  bursar::client::AddUsageCommand(app, line);
  bursar::client::AddEventCommands(app, line);
  bursar::client::AddAuditCommands(app, line);
  bursar::client::AddHealthCommand(app, line);
  bursar::client::AddKeysCommands(app, line);
  bursar::client::AddPolicyCommands(app, line);
  bursar::client::AddApiKeyCommands(app, line);
  app.add_subcommand("version", "Print the version")->callback([&line] {
    line.run = [](bursar::client::Session&, const bursar::client::Output&) {
      std::cout << "bursarctl " BURSAR_VERSION "\n";
      return absl::OkStatus();
    };
  });
}

}  // namespace

int main(int argc, char** argv) {
  bursar::ForbidCoreDumps();
  CLI::App app("The operator's tool for bursard, the OAuth token broker.",
               "bursarctl");
  app.require_subcommand(1);
  CommandLine line;
  AddGlobals(app, line);
  AddCommands(app, line);
  // After the commands, which would inherit it.
  app.footer(std::string(kExamples) + bursar::client::kExitCodesHelp);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? bursar::client::kDone
                                : bursar::client::kUsage;
  }
  bursar::client::Session session(line.session);
  const absl::Status status =
      line.run(session, bursar::client::Output(line.format));
  if (!status.ok()) std::cerr << bursar::client::Explain(status);
  return bursar::client::ExitCodeOf(status);
}
