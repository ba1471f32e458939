// A sandbox that serves on a socket of its own, and the calls that a client, a
// browser and a test make to it.

#ifndef BURSAR_TESTS_UNIT_SANDBOX_RUNNING_SANDBOX_H_
#define BURSAR_TESTS_UNIT_SANDBOX_RUNNING_SANDBOX_H_

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "sandbox/sandbox.h"

namespace bursar::sandbox {

class RunningSandbox : public testing::Test {
 protected:
  using Form = std::map<std::string, std::string>;

  struct Reply {
    int status = 0;  ///< 0: the connection ended without an answer.
    std::string body;
    std::string location;
    nlohmann::json json() const;
  };

  struct Client {
    std::string id;
    std::string secret;
  };

  explicit RunningSandbox(SandboxOptions options = {});

  /// A sandbox in place of the one that serves.
  void Start(SandboxOptions options);
  void Be(Persona persona);

  /// Calls go to this data centre from now on.
  void GoTo(const std::string& location);

  Reply Get(const std::string& path,
            const std::map<std::string, std::string>& headers = {}) const;
  Reply Post(const std::string& path, const Form& form,
             const std::map<std::string, std::string>& headers = {}) const;
  Reply Delete(const std::string& path) const;
  Reply Control(const std::string& path, const nlohmann::json& body) const;
  nlohmann::json Counters() const;
  void Advance(int seconds) const;
  void Switch(const std::string& name, const nlohmann::json& value) const;

  Client Register(const std::string& type = "server-based") const;

  /// The query of an authorization request that is in order. The scope is the
  /// persona's first.
  Form Authorization(const Client& client) const;
  /// The consent page of `query`, an organisation chosen if that is asked for.
  Reply ConsentPage(const Form& query) const;
  /// Presses a button on that page.
  Reply Decide(const Form& query, const std::string& decision,
               const std::string& user = "ann@example.com") const;
  /// Presses a button on the consent page that `page` is.
  Reply Press(const std::string& page, const std::string& decision,
              const std::string& user = "ann@example.com") const;
  /// The code of an accepted consent.
  std::string ConsentCode(const Client& client) const;

  Reply Token(const Form& form) const {
    return Post(persona_.paths.token, form);
  }
  /// With all that the persona wants to be told.
  Reply Exchange(const Client& client, const std::string& code) const;
  Reply Refresh(const Client& client, const std::string& refresh_token) const;
  /// A whole consent's refresh token.
  std::string RefreshToken(const Client& client) const;
  Reply Api(const std::string& access_token,
            const std::string& path = "channels") const;
  Reply ApiAs(const std::string& scheme, const std::string& access_token,
              const std::string& path) const;

  static constexpr char kRedirect[] = "http://127.0.0.1:1/callback";
  static constexpr char kDead[] = "{\"error\":\"invalid_code\"}";

  Persona persona_;
  std::unique_ptr<Sandbox> sandbox_;
  int port_ = 0;

 private:
  std::string Scope() const;
  Reply TokenAs(const Client& client, Form form) const;
};

/// name=value&…, percent-encoded.
std::string FormText(const std::map<std::string, std::string>& form);

/// The value of `name` in a query or fragment; "" if it is not there.
std::string QueryValue(const std::string& url, const std::string& name);

/// The value of the form field `name` in a page.
std::string FieldValue(const std::string& page, const std::string& name);

}  // namespace bursar::sandbox

#endif  // BURSAR_TESTS_UNIT_SANDBOX_RUNNING_SANDBOX_H_
