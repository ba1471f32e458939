// bursarctl grant begin-consent, complete-consent, exchange-code,
// request-client-credentials and import: how a grant comes about.

#include "bursar/v1/grants.grpc.pb.h"
#include "client/bursarctl/command.h"
#include "client/bursarctl/exit_code.h"
#include "client/bursarctl/grant_text.h"
#include "client/bursarctl/on_cap.h"
#include "client/bursarctl/secret_input.h"
#include "client/bursarctl/text.h"
#include "server/base/clock.h"

namespace bursar::client {
namespace {

using Grants = v1::Grants;

struct ConsentOptions {
  std::string user;
  std::string client;
  std::vector<std::string> scopes;
  v1::BeginConsentRequest::OnCap on_cap =
      v1::BeginConsentRequest::ON_CAP_UNSPECIFIED;
  std::string state_file;
  std::string code_file;
  std::string fragment_file;
  std::string token_file;
  std::string accounts_server;
  std::string issuer;
  std::string organization;
  std::string data_center;
};
using ConsentOptionsPtr = std::shared_ptr<ConsentOptions>;

absl::Status Show(const absl::StatusOr<v1::Grant>& grant,
                  const Output& output) {
  if (!grant.ok()) return grant.status();
  output.Print(*grant, GrantDetails(*grant, SystemClock().Now()));
  return absl::OkStatus();
}

absl::Status Begin(const ConsentOptions& options, Session& session,
                   const Output& output) {
  v1::BeginConsentRequest request;
  request.set_user(options.user);
  request.set_client(options.client);
  request.mutable_scopes()->Assign(options.scopes.begin(),
                                   options.scopes.end());
  request.set_on_cap(options.on_cap);
  auto begun = session.Call<Grants>(&Grants::Stub::BeginConsent, request);
  if (!begun.ok()) return begun.status();
  Table table = Table::OfFields();
  table.Add({"Send the user to", begun->authorization_url()});
  table.Add({"Before", TimeText(begun->has_expire_time(), begun->expire_time(),
                                SystemClock().Now())});
  if (begun->evicts_size() > 0) {
    table.Add({"Will end", ListText(begun->evicts())});
  }
  if (!begun->renewable()) {
    table.Add({"Renewable",
               "no: this client's type brings no refresh token, so there is "
               "nothing to broker beyond the access token's hour; then the "
               "user must consent again"});
  }
  output.Print(*begun, table);
  return absl::OkStatus();
}

absl::Status CompleteFragment(const ConsentOptions& options, Session& session,
                              const Output& output) {
  auto fragment = ReadSecret(options.fragment_file);
  if (!fragment.ok()) return fragment.status();
  v1::CompleteConsentRequest request;
  request.set_user(options.user);
  request.set_fragment(std::string(fragment->Expose()));
  auto grant = session.Call<Grants>(&Grants::Stub::CompleteConsent, request);
  Wipe(*request.mutable_fragment());
  return Show(grant, output);
}

absl::Status Complete(const ConsentOptions& options, Session& session,
                      const Output& output) {
  if (!options.fragment_file.empty()) {
    return CompleteFragment(options, session, output);
  }
  if (options.state_file.empty() || options.code_file.empty()) {
    return UsageError("give --state-file and --code-file, or --fragment-file");
  }
  if (options.state_file == "-" && options.code_file == "-") {
    return UsageError("only one of --state-file and --code-file can be -");
  }
  auto state = ReadSecret(options.state_file);
  if (!state.ok()) return state.status();
  auto code = ReadSecret(options.code_file);
  if (!code.ok()) return code.status();
  v1::CompleteConsentRequest request;
  request.set_user(options.user);
  request.set_state(std::string(state->Expose()));
  request.set_code(std::string(code->Expose()));
  request.set_accounts_server(options.accounts_server);
  request.set_issuer(options.issuer);
  auto grant = session.Call<Grants>(&Grants::Stub::CompleteConsent, request);
  Wipe(*request.mutable_state());
  Wipe(*request.mutable_code());
  return Show(grant, output);
}

absl::Status Import(const ConsentOptions& options, Session& session,
                    const Output& output) {
  auto token = ReadSecret(options.token_file);
  if (!token.ok()) return token.status();
  v1::ImportGrantRequest request;
  request.set_user(options.user);
  request.set_client(options.client);
  request.set_refresh_token(std::string(token->Expose()));
  request.mutable_scopes()->Assign(options.scopes.begin(),
                                   options.scopes.end());
  request.set_data_center(options.data_center);
  auto grant = session.Call<Grants>(&Grants::Stub::ImportGrant, request);
  Wipe(*request.mutable_refresh_token());
  return Show(grant, output);
}

absl::Status Exchange(const ConsentOptions& options, Session& session,
                      const Output& output) {
  auto code = ReadSecret(options.code_file);
  if (!code.ok()) return code.status();
  v1::ExchangeCodeRequest request;
  request.set_user(options.user);
  request.set_client(options.client);
  request.set_code(std::string(code->Expose()));
  request.mutable_scopes()->Assign(options.scopes.begin(),
                                   options.scopes.end());
  request.set_data_center(options.data_center);
  auto grant = session.Call<Grants>(&Grants::Stub::ExchangeCode, request);
  Wipe(*request.mutable_code());
  return Show(grant, output);
}

absl::Status RequestCredentials(const ConsentOptions& options, Session& session,
                                const Output& output) {
  v1::RequestClientCredentialsRequest request;
  request.set_user(options.user);
  request.set_client(options.client);
  request.mutable_scopes()->Assign(options.scopes.begin(),
                                   options.scopes.end());
  request.set_organization(options.organization);
  request.set_data_center(options.data_center);
  return Show(
      session.Call<Grants>(&Grants::Stub::RequestClientCredentials, request),
      output);
}

void AddUser(CLI::App* verb, const ConsentOptionsPtr& options) {
  verb->add_option("--user", options->user, "Whose consent it is")->required();
}

void AddClient(CLI::App* verb, const ConsentOptionsPtr& options) {
  verb->add_option("--client", options->client,
                   "The broker's name for the client")
      ->required();
}

}  // namespace

void AddConsentVerbs(CLI::App& grant, CommandLine& line) {
  auto options = std::make_shared<ConsentOptions>();
  CLI::App* verb = AddVerb(grant, line, "begin-consent",
                           "Get the URL to send the user to", options, Begin);
  AddUser(verb, options);
  AddClient(verb, options);
  verb->add_option("--scope", options->scopes,
                   "A scope to ask for; repeatable; the client's default "
                   "scopes if none is given");
  AddOnCap(*verb, options->on_cap);

  options = std::make_shared<ConsentOptions>();
  verb = AddVerb(grant, line, "complete-consent",
                 "Complete a consent that did not come back to the broker",
                 options, Complete);
  AddUser(verb, options);
  CLI::Option* state = verb->add_option(
      "--state-file", options->state_file,
      "File that holds the state parameter; - for standard input");
  CLI::Option* code =
      verb->add_option("--code-file", options->code_file,
                       "File that holds the code; - for standard input");
  CLI::Option* accounts_server =
      verb->add_option("--accounts-server", options->accounts_server,
                       "The accounts-server that came back with the code");
  CLI::Option* issuer = verb->add_option(
      "--issuer", options->issuer, "The iss that came back with the code");
  verb->add_option("--fragment-file", options->fragment_file,
                   "In their place, of a client of response type token: file "
                   "that holds what came after the #; - for standard input")
      ->excludes(state, code, accounts_server, issuer);

  options = std::make_shared<ConsentOptions>();
  verb = AddVerb(grant, line, "exchange-code",
                 "Exchange a code that the provider's console made for a self "
                 "client",
                 options, Exchange);
  AddUser(verb, options);
  AddClient(verb, options);
  verb->add_option("--scope", options->scopes,
                   "A scope that the code was made for; repeatable; the "
                   "client's default scopes if none is given");
  verb->add_option("--code-file", options->code_file,
                   "File that holds the code; - for standard input")
      ->required();
  verb->add_option("--data-center", options->data_center,
                   "Where the code was made; the client's if not given");

  options = std::make_shared<ConsentOptions>();
  verb = AddVerb(grant, line, "request-client-credentials",
                 "Ask for a token of the client's own, without any user",
                 options, RequestCredentials);
  verb->add_option("--user", options->user,
                   "The name by which services ask for it; one for each "
                   "organization")
      ->required();
  AddClient(verb, options);
  verb->add_option("--scope", options->scopes,
                   "A scope to ask for; repeatable; the client's default "
                   "scopes if none is given");
  verb->add_option("--organization", options->organization,
                   "In whose name, as the provider writes it");
  verb->add_option("--data-center", options->data_center,
                   "Where to ask; the client's if not given");

  options = std::make_shared<ConsentOptions>();
  verb = AddVerb(grant, line, "import",
                 "Take over a refresh token that a user has already", options,
                 Import);
  AddUser(verb, options);
  AddClient(verb, options);
  verb->add_option("--scope", options->scopes,
                   "A scope that the token was given for; repeatable")
      ->required();
  verb->add_option("--token-file", options->token_file,
                   "File that holds the refresh token; - for standard input")
      ->required();
  verb->add_option("--data-center", options->data_center,
                   "Where the token was made; the client's if not given");
}

}  // namespace bursar::client
