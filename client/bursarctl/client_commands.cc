// bursarctl client: the OAuth clients that operators registered.

#include "absl/strings/str_cat.h"
#include "bursar/v1/clients.grpc.pb.h"
#include "client/bursarctl/command.h"
#include "client/bursarctl/secret_input.h"
#include "client/bursarctl/text.h"
#include "server/base/clock.h"

namespace bursar::client {
namespace {

using Clients = v1::Clients;

const std::map<std::string, v1::Client::ResponseType> kResponseTypes = {
    {"code", v1::Client::CODE}, {"token", v1::Client::TOKEN}};

struct ClientOptions {
  v1::Client client;
  v1::Client::ResponseType response_type =
      v1::Client::RESPONSE_TYPE_UNSPECIFIED;
  std::string secret_file;
  /// Whose own secret is meant; empty: the shared one.
  std::string secret_data_center;
  int limit = 0;
  bool force = false;
  // The settings that were given, for update.
  CLI::Option* client_id = nullptr;
  CLI::Option* data_center = nullptr;
  CLI::Option* redirect_uri = nullptr;
  CLI::Option* scopes = nullptr;
  std::vector<std::string> scope_values;
};
using ClientOptionsPtr = std::shared_ptr<ClientOptions>;

Table Details(const v1::Client& client) {
  const absl::Time now = SystemClock().Now();
  Table table = Table::OfFields();
  table.Add({"Name", client.name()});
  table.Add({"Provider", client.provider()});
  table.Add({"Client id", client.client_id()});
  table.Add({"Data centre", client.data_center()});
  table.Add({"Redirect URI", client.redirect_uri()});
  table.Add({"Default scopes", ListText(client.default_scopes())});
  table.Add({"Response type", client.response_type() == v1::Client::TOKEN
                                  ? "token (nothing renews its grants)"
                                  : "code"});
  table.Add({"Secret held", client.has_secret() ? "yes" : "no"});
  if (client.secret_data_centers_size() > 0) {
    table.Add({"Own secrets at", ListText(client.secret_data_centers())});
  }
  table.Add({"Created",
             TimeText(client.has_create_time(), client.create_time(), now)});
  table.Add({"Updated",
             TimeText(client.has_update_time(), client.update_time(), now)});
  if (client.has_misconfigured_time()) {
    table.Add({"Rejected",
               absl::StrCat(client.misconfigured_error(), " at ",
                            client.misconfigured_data_center(), ", ",
                            TimeText(true, client.misconfigured_time(), now))});
  }
  return table;
}

absl::Status Show(const absl::StatusOr<v1::Client>& client,
                  const Output& output) {
  if (!client.ok()) return client.status();
  output.Print(*client, Details(*client));
  return absl::OkStatus();
}

absl::Status Create(const ClientOptions& options, Session& session,
                    const Output& output) {
  v1::CreateClientRequest request;
  *request.mutable_client() = options.client;
  request.mutable_client()->set_response_type(options.response_type);
  request.mutable_client()->mutable_default_scopes()->Assign(
      options.scope_values.begin(), options.scope_values.end());
  if (!options.secret_file.empty()) {
    auto secret = ReadSecret(options.secret_file);
    if (!secret.ok()) return secret.status();
    request.set_client_secret(std::string(secret->Expose()));
  }
  auto client = session.Call<Clients>(&Clients::Stub::CreateClient, request);
  Wipe(*request.mutable_client_secret());
  return Show(client, output);
}

absl::StatusOr<v1::Client> Read(const ClientOptions& options,
                                Session& session) {
  v1::GetClientRequest request;
  request.set_name(options.client.name());
  return session.Call<Clients>(&Clients::Stub::GetClient, request);
}

absl::Status Get(const ClientOptions& options, Session& session,
                 const Output& output) {
  return Show(Read(options, session), output);
}

absl::Status List(const ClientOptions& options, Session& session,
                  const Output& output) {
  v1::ListClientsRequest request;
  request.set_provider(options.client.provider());
  auto listed = session.List<Clients>(
      &Clients::Stub::ListClients, request, options.limit,
      [](const v1::ListClientsResponse& all) { return all.clients_size(); });
  if (!listed.ok()) return listed.status();
  Table table = Table::Of(
      {"NAME", "PROVIDER", "CLIENT ID", "SECRET", "REJECTED", "UPDATED"},
      "No clients.");
  const absl::Time now = SystemClock().Now();
  for (const v1::Client& client : listed->clients()) {
    table.Add({client.name(), client.provider(), client.client_id(),
               client.has_secret() ? "yes" : "no", client.misconfigured_error(),
               TimeText(client.has_update_time(), client.update_time(), now)});
  }
  output.Print(*listed, table);
  return absl::OkStatus();
}

absl::Status Update(const ClientOptions& options, Session& session,
                    const Output& output) {
  auto current = Read(options, session);
  if (!current.ok()) return current.status();
  v1::UpdateClientRequest request;
  v1::Client& client = *request.mutable_client();
  // With its etag: what somebody else changes meanwhile is not overwritten.
  client = *std::move(current);
  const v1::Client& given = options.client;
  if (*options.client_id) client.set_client_id(given.client_id());
  if (*options.data_center) client.set_data_center(given.data_center());
  if (*options.redirect_uri) client.set_redirect_uri(given.redirect_uri());
  if (*options.scopes) {
    client.mutable_default_scopes()->Assign(options.scope_values.begin(),
                                            options.scope_values.end());
  }
  return Show(session.Call<Clients>(&Clients::Stub::UpdateClient, request),
              output);
}

absl::Status Delete(const ClientOptions& options, Session& session,
                    const Output& output) {
  v1::DeleteClientRequest request;
  request.set_name(options.client.name());
  request.set_force(options.force);
  auto deleted = session.Call<Clients>(&Clients::Stub::DeleteClient, request);
  if (!deleted.ok()) return deleted.status();
  Table table = Table::OfFields();
  table.Add({"Deleted", options.client.name()});
  table.Add({"Revoked grants", ListText(deleted->revoked_grants())});
  output.Print(*deleted, table);
  return absl::OkStatus();
}

absl::Status ReplaceSecret(const ClientOptions& options, Session& session,
                           const Output& output) {
  auto secret = ReadSecret(options.secret_file);
  if (!secret.ok()) return secret.status();
  v1::ReplaceClientSecretRequest request;
  request.set_name(options.client.name());
  request.set_client_secret(std::string(secret->Expose()));
  request.set_data_center(options.secret_data_center);
  auto client =
      session.Call<Clients>(&Clients::Stub::ReplaceClientSecret, request);
  Wipe(*request.mutable_client_secret());
  return Show(client, output);
}

absl::Status RemoveSecret(const ClientOptions& options, Session& session,
                          const Output& output) {
  v1::RemoveClientSecretRequest request;
  request.set_name(options.client.name());
  request.set_data_center(options.secret_data_center);
  return Show(
      session.Call<Clients>(&Clients::Stub::RemoveClientSecret, request),
      output);
}

void AddName(CLI::App* verb, const ClientOptionsPtr& options) {
  verb->add_option_function<std::string>(
          "NAME", [options](const auto& v) { options->client.set_name(v); },
          "The broker's name for the client")
      ->required();
}

void AddSettings(CLI::App* verb, const ClientOptionsPtr& options) {
  options->client_id = verb->add_option_function<std::string>(
      "--client-id",
      [options](const auto& v) { options->client.set_client_id(v); },
      "The client identifier that the provider issued");
  options->data_center = verb->add_option_function<std::string>(
      "--data-center",
      [options](const auto& v) { options->client.set_data_center(v); },
      "Where authorization begins; the provider's default if not given");
  options->redirect_uri = verb->add_option_function<std::string>(
      "--redirect-uri",
      [options](const auto& v) { options->client.set_redirect_uri(v); },
      "As registered at the provider; the broker's callback if not given");
  options->scopes =
      verb->add_option("--scope", options->scope_values,
                       "A scope that consents ask for by default; repeatable");
}

CLI::Option* AddProvider(CLI::App* verb, const ClientOptionsPtr& options,
                         const std::string& description) {
  return verb->add_option_function<std::string>(
      "--provider",
      [options](const auto& v) { options->client.set_provider(v); },
      description);
}

CLI::Option* AddSecretFile(CLI::App* verb, const ClientOptionsPtr& options) {
  return verb->add_option("--secret-file", options->secret_file,
                          "File that holds the client secret; - for standard "
                          "input");
}

CLI::Option* AddSecretDataCenter(CLI::App* verb,
                                 const ClientOptionsPtr& options,
                                 const std::string& description) {
  return verb->add_option("--data-center", options->secret_data_center,
                          description);
}

}  // namespace

void AddClientCommands(CLI::App& app, CommandLine& line) {
  CLI::App& noun = *AddNoun(app, "client", "OAuth clients at the providers");

  auto options = std::make_shared<ClientOptions>();
  CLI::App* verb =
      AddVerb(noun, line, "create", "Register a client", options, Create);
  AddName(verb, options);
  AddProvider(verb, options, "The provider's name in the configuration")
      ->required();
  AddSettings(verb, options);
  options->client_id->required();
  AddChoice(*verb, "--response-type", kResponseTypes, options->response_type,
            "What consents bring: a code and so a refresh token, unless token "
            "is given, for a client of the implicit flow, which needs no "
            "secret and whose grants end with their first access token");
  AddSecretFile(verb, options);

  options = std::make_shared<ClientOptions>();
  AddName(AddVerb(noun, line, "get", "Show a client", options, Get), options);

  options = std::make_shared<ClientOptions>();
  verb = AddVerb(noun, line, "list", "List clients by name", options, List);
  AddProvider(verb, options, "Only the clients of this provider");
  verb->add_option("--limit", options->limit, "Show at most so many")
      ->check(CLI::PositiveNumber);

  options = std::make_shared<ClientOptions>();
  verb = AddVerb(noun, line, "update", "Change the settings that are given",
                 options, Update);
  AddName(verb, options);
  AddSettings(verb, options);

  options = std::make_shared<ClientOptions>();
  verb = AddVerb(noun, line, "delete", "Delete a client", options, Delete);
  AddName(verb, options);
  verb->add_flag("--force", options->force, "Revoke its living grants first");

  options = std::make_shared<ClientOptions>();
  verb = AddVerb(noun, line, "replace-secret",
                 "Replace the client secret without downtime", options,
                 ReplaceSecret);
  AddName(verb, options);
  AddSecretFile(verb, options)->required();
  AddSecretDataCenter(verb, options,
                      "Whose own secret it is; shared by all that have none "
                      "if not given");

  options = std::make_shared<ClientOptions>();
  verb = AddVerb(noun, line, "remove-secret",
                 "Go back to the shared secret at a data centre", options,
                 RemoveSecret);
  AddName(verb, options);
  AddSecretDataCenter(verb, options, "Whose own secret goes")->required();
}

}  // namespace bursar::client
