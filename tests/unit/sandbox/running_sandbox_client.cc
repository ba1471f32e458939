// What a client of the sandbox and its user's browser do.

#include <regex>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "tests/unit/sandbox/raw_call.h"
#include "tests/unit/sandbox/running_sandbox.h"

namespace bursar::sandbox {

RunningSandbox::Client RunningSandbox::Register(const std::string& type) const {
  nlohmann::json body = {{"name", "App"}, {"type", type}};
  body["redirect_uris"] = nlohmann::json::array({kRedirect});
  const auto answer = Control("clients", body).json();
  return {answer["client_id"], answer.value("client_secret", "")};
}

RunningSandbox::Form RunningSandbox::Authorization(const Client& client) const {
  return {{"client_id", client.id},    {"response_type", "code"},
          {"redirect_uri", kRedirect}, {"scope", Scope()},
          {"state", "opaque & odd"},   {"access_type", "offline"},
          {"prompt", "consent"}};
}

// On a bare socket: the HTTP library would decode the location.
RunningSandbox::Reply RunningSandbox::Press(const std::string& page,
                                            const std::string& decision,
                                            const std::string& user) const {
  const std::string text =
      RawPost(port_, "/oauth/v2/auth/decision",
              FormText({{"form_token", FieldValue(page, "form_token")},
                        {"user", user},
                        {"decision", decision}}),
              absl::Seconds(10))
          .text;
  Reply reply;
  std::smatch match;
  if (std::regex_search(text, match, std::regex("^HTTP/1.1 ([0-9]+)"))) {
    reply.status = std::stoi(match[1]);
  }
  if (std::regex_search(text, match, std::regex("Location: ([^\r]*)\r"))) {
    reply.location = match[1];
  }
  reply.body = text.substr(text.find("\r\n\r\n") + 4);
  return reply;
}

std::string RunningSandbox::Scope() const {
  const std::string first =
      ScopeFor(persona_.scopes, persona_.scopes.front().resource, "READ");
  if (persona_.offline_scope.empty()) return first;
  return absl::StrCat(first, " ", persona_.offline_scope);
}

RunningSandbox::Reply RunningSandbox::ConsentPage(const Form& query) const {
  const Reply page =
      Get(absl::StrCat(persona_.paths.authorization, "?", FormText(query)));
  if (!persona_.organization_selection) return page;
  return Post("/oauth/v2/auth/organization",
              {{"form_token", FieldValue(page.body, "form_token")},
               {"organization", persona_.organizations.front().id}});
}

RunningSandbox::Reply RunningSandbox::Decide(const Form& query,
                                             const std::string& decision,
                                             const std::string& user) const {
  const Reply page = ConsentPage(query);
  EXPECT_EQ(page.status, 200) << page.body;
  return Press(page.body, decision, user);
}

std::string RunningSandbox::ConsentCode(const Client& client) const {
  return QueryValue(Decide(Authorization(client), "accept").location, "code");
}

RunningSandbox::Reply RunningSandbox::TokenAs(const Client& client,
                                              Form form) const {
  if (persona_.client_authentication == ClientAuthentication::kBasic) {
    const std::string pair = absl::StrCat(client.id, ":", client.secret);
    return Post(
        persona_.paths.token, form,
        {{"Authorization", absl::StrCat("Basic ", absl::Base64Escape(pair))}});
  }
  form["client_id"] = client.id;
  form["client_secret"] = client.secret;
  return Token(form);
}

RunningSandbox::Reply RunningSandbox::Exchange(const Client& client,
                                               const std::string& code) const {
  Form form = {{"grant_type", "authorization_code"},
               {"redirect_uri", kRedirect},
               {"code", code}};
  if (persona_.scope_on_exchange) form["scope"] = Scope();
  return TokenAs(client, std::move(form));
}

RunningSandbox::Reply RunningSandbox::Refresh(
    const Client& client, const std::string& refresh_token) const {
  Form form = {{"grant_type", "refresh_token"},
               {"refresh_token", refresh_token}};
  if (persona_.redirect_uri_on_refresh) form["redirect_uri"] = kRedirect;
  if (persona_.scope_on_refresh) form["scope"] = Scope();
  return TokenAs(client, std::move(form));
}

std::string RunningSandbox::RefreshToken(const Client& client) const {
  return Exchange(client, ConsentCode(client))
      .json()
      .value("refresh_token", "");
}

RunningSandbox::Reply RunningSandbox::Api(const std::string& access_token,
                                          const std::string& path) const {
  return ApiAs(persona_.authorization_scheme, access_token, path);
}

RunningSandbox::Reply RunningSandbox::ApiAs(const std::string& scheme,
                                            const std::string& access_token,
                                            const std::string& path) const {
  return Get(absl::StrCat(persona_.paths.api, path),
             {{"Authorization", absl::StrCat(scheme, " ", access_token)}});
}

}  // namespace bursar::sandbox
