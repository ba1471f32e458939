// The provider: a bursar-sandbox on a free loopback port, and its control API.
// Not thread-safe but for what is const.

#ifndef BURSAR_TESTS_JOURNEY_HARNESS_SANDBOX_H_
#define BURSAR_TESTS_JOURNEY_HARNESS_SANDBOX_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "tests/fakes/temporary_folder.h"
#include "tests/journey/harness/process.h"

namespace bursar::journey {

struct SandboxOptions {
  /// HTTPS with a CA that it makes.
  bool tls = false;
  /// The persona's switches; sandbox/README.md lists them.
  std::map<std::string, std::string> switches = {};
  std::string persona = "cliq";
  /// Data centres to serve beside the persona's home.
  std::vector<std::string> data_centers = {};
  /// Whether a client has one secret for all of them.
  bool shared_secret = true;
  /// How many calls it serves at once.
  int workers = 64;
};

/// Without the provider's limits on how often consents and refreshes come: for
/// tests that are about something else.
SandboxOptions Unlimited();

/// Something that goes wrong with the next calls; sandbox/README.md says how.
struct Fault {
  std::string call = "token.refresh";
  /// delay, reset, drop, stall, status, body or edit.
  std::string kind = "";
  int64_t times = 1;
  /// Strikes after the provider has done what it was asked.
  bool after_processing = false;
  absl::Duration delay = absl::ZeroDuration();
  int status = 200;
  std::map<std::string, std::string> headers = {};
  std::string body = "";
  int64_t body_bytes = 0;
  /// Of edit: a JSON object that is merged into the answer's; null deletes.
  std::string set_field = "";
};

/// A client as the provider registered it.
struct RegisteredClient {
  std::string id;
  /// At the persona's home.
  std::string secret;
  /// By data centre.
  std::map<std::string, std::string> secrets = {};
};

/// A refresh token as the provider sees it.
struct ProviderToken {
  std::string value;
  std::string client_id;
  std::string user;
  /// Alive, rotated, revoked, evicted or expired, in lower case.
  std::string state;
  int64_t redeemed = 0;
  /// How often it was presented after its end.
  int64_t reuse_refused = 0;
};

class Sandbox {
 public:
  explicit Sandbox(SandboxOptions options);

  /// False: it did not become ready.
  bool Start();

  const std::string& url() const { return url_; }
  /// Of each data centre in the options.
  const std::map<std::string, std::string>& data_center_urls() const {
    return data_center_urls_;
  }
  /// Of the CA; empty without TLS.
  const std::string& ca_file() const { return ca_file_; }

  /// `redirect_uri` may be empty where the type needs none.
  RegisteredClient Register(const std::string& redirect_uri,
                            const std::string& type = "server-based") const;
  /// The new secret; the old one is refused from now on.
  std::string ReplaceSecret(const std::string& client_id) const;

  /// Puts its clock forward.
  void MoveClock(absl::Duration by) const;
  void Set(const std::string& name, const std::string& value) const;
  void Add(const Fault& fault) const;
  void ClearFaults() const;

  /// How often a call of that name came in; "token.refresh" say.
  int64_t Calls(const std::string& call) const;

  /// How many calls it refused because one of its limits was reached.
  int64_t Throttled() const;

  /// Every refresh token of the user, in the order of issue.
  std::vector<ProviderToken> RefreshTokens(const std::string& user) const;

  /// Refresh tokens made out of band, one for each user.
  std::vector<std::string> MakeRefreshTokens(
      const std::string& client_id, const std::vector<std::string>& users,
      const std::string& scope) const;

  /// Every value given away or taken in that nobody else may see.
  std::vector<std::string> Issued() const;

  /// The HTTP status that the API answers with.
  int CallApi(const std::string& authorization,
              const std::string& path = "/api/v2/channels") const;

  /// Ends every token of the user behind everybody's back, as a removal of the
  /// application in their account does.
  void RemoveApplication(const std::string& user) const;

  /// What the token endpoint says to this refresh token, as "ok" or the error's
  /// name: the question is put past the broker.
  std::string Redeem(const RegisteredClient& client,
                     const std::string& refresh_token) const;

  /// The same to a self client's code.
  std::string Exchange(const RegisteredClient& client,
                       const std::string& code) const;

  Process& process() { return *process_; }

 private:
  std::string Control(const std::string& method, const std::string& path,
                      const std::string& body = "") const;
  std::string Ask(const RegisteredClient& client, const std::string& grant_type,
                  const std::string& name, const std::string& value) const;

  const SandboxOptions options_;
  const TemporaryFolder folder_;
  std::unique_ptr<Process> process_;
  void ReadUrls(const std::string& ready);

  std::string url_;
  std::map<std::string, std::string> data_center_urls_;
  std::string ca_file_;
};

}  // namespace bursar::journey

#endif  // BURSAR_TESTS_JOURNEY_HARNESS_SANDBOX_H_
