// bursarctl policy: what callers may do, and why. A file is read without a
// server.

#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "bursar/v1/policy.grpc.pb.h"
#include "client/bursarctl/command.h"
#include "client/bursarctl/exit_code.h"
#include "server/config/policy_file.h"
#include "server/core/policy_explanation.h"
#include "server/messages/policy_explanations.h"

namespace bursar::client {
namespace {

struct PolicyCheckOptions {
  std::string file;
};

struct PolicyExplainOptions {
  std::string subject;
  std::string rpc;
  std::string client;
  std::string user;
  std::vector<std::string> scopes;
  std::string file;
  bool own = false;
};

absl::Status CheckPolicy(const PolicyCheckOptions& options, Session&,
                         const Output&) {
  const auto policy = LoadPolicy(options.file);
  if (!policy.ok()) return UsageError(policy.status().message());
  std::cout << options.file << ": fit; " << (*policy)->rules().size()
            << " rules, version " << (*policy)->version() << "\n";
  return absl::OkStatus();
}

absl::StatusOr<v1::ExplainPolicyResponse> AskFile(
    const PolicyExplainOptions& options) {
  const auto policy = LoadPolicy(options.file);
  if (!policy.ok()) return UsageError(policy.status().message());
  const RpcMethod* rpc = FindRpcMethod(options.rpc);
  if (rpc == nullptr) {
    return UsageError(
        "--rpc must be Service.Method, as in TokenBroker.GetToken");
  }
  const Asked asked{*rpc,
                    options.client,
                    options.user,
                    {options.scopes.begin(), options.scopes.end()}};
  return ToProto(
      ExplainPolicy(**policy, Actor(options.subject), asked, options.own));
}

absl::StatusOr<v1::ExplainPolicyResponse> AskServer(
    const PolicyExplainOptions& options, Session& session) {
  v1::ExplainPolicyRequest request;
  request.set_subject(options.subject);
  request.set_rpc(options.rpc);
  request.set_client(options.client);
  request.set_user(options.user);
  request.mutable_scopes()->Add(options.scopes.begin(), options.scopes.end());
  return session.Call<v1::Policy>(&v1::Policy::Stub::ExplainPolicy, request);
}

absl::Status ExplainCall(const PolicyExplainOptions& options, Session& session,
                         const Output& output) {
  const auto answer =
      options.file.empty() ? AskServer(options, session) : AskFile(options);
  if (!answer.ok()) return answer.status();
  Table table = Table::OfFields();
  table.Add({"the call is", answer->allowed()
                                ? absl::StrCat("allowed by ", answer->rule())
                                : "denied: no rule allows it"});
  for (const auto& rule : answer->rules()) {
    table.Add({absl::StrCat("rule ", rule.name()),
               absl::StrCat(rule.allows() ? "allows it: " : "does not: ",
                            rule.why())});
  }
  const auto& limit = answer->limit();
  table.Add({"limit", absl::StrCat(limit.calls_per_second(),
                                   " calls a second, ", limit.burst(),
                                   " at once after a rest, ", limit.in_flight(),
                                   " in flight, ", limit.refreshes_per_minute(),
                                   " refreshes a minute")});
  table.Add({"version", answer->version()});
  output.Print(*answer, table);
  return absl::OkStatus();
}

}  // namespace

void AddPolicyCommands(CLI::App& app, CommandLine& line) {
  CLI::App& noun = *AddNoun(app, "policy", "What callers may do");
  auto check = std::make_shared<PolicyCheckOptions>();
  AddVerb(noun, line, "check", "Say what is wrong with a policy file", check,
          CheckPolicy)
      ->add_option("FILE", check->file, "The policy file")
      ->required();

  auto explain = std::make_shared<PolicyExplainOptions>();
  CLI::App& verb = *AddVerb(
      noun, line, "explain",
      "Say which rule decides about a call, and why each other one does not",
      explain, ExplainCall);
  verb.add_option("--subject", explain->subject,
                  "Who calls, such as unix:1000 or dns:shop.example.org")
      ->required();
  verb.add_option("--rpc", explain->rpc,
                  "What is called, such as TokenBroker.GetToken")
      ->required();
  verb.add_option("--client", explain->client, "The client that it names");
  verb.add_option("--user", explain->user, "The user that it names");
  verb.add_option("--scope", explain->scopes, "A scope that it names");
  CLI::Option* file = verb.add_option(
      "--policy-file", explain->file,
      "Ask this file, without a server; if not given, the policy in force");
  verb.add_flag("--own", explain->own,
                "Take it that the subject began the user's consent to the "
                "client; a server knows")
      ->needs(file);
}

}  // namespace bursar::client
