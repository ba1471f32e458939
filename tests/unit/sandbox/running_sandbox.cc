#include "tests/unit/sandbox/running_sandbox.h"

#include <httplib.h>

#include <regex>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "sandbox/url.h"
#include "tests/unit/sandbox/raw_call.h"

namespace bursar::sandbox {
namespace {

httplib::Headers HeadersOf(const std::map<std::string, std::string>& headers) {
  return {headers.begin(), headers.end()};
}

std::string FormText(const std::map<std::string, std::string>& form) {
  return QueryOf(QueryParameters(form.begin(), form.end()));
}

}  // namespace

nlohmann::json RunningSandbox::Reply::json() const {
  return nlohmann::json::parse(body, nullptr, false);
}

RunningSandbox::RunningSandbox(SandboxOptions options) {
  auto started = Sandbox::Start(options);
  if (!started.ok()) {
    ADD_FAILURE() << started.status();
    return;
  }
  sandbox_ = *std::move(started);
  port_ = std::stoi(sandbox_->url().substr(sandbox_->url().rfind(':') + 1));
}

RunningSandbox::Reply RunningSandbox::Get(
    const std::string& path,
    const std::map<std::string, std::string>& headers) const {
  const auto result =
      httplib::Client("127.0.0.1", port_).Get(path, HeadersOf(headers));
  if (!result) return {};
  return {result->status, result->body, result->get_header_value("Location")};
}

RunningSandbox::Reply RunningSandbox::Post(
    const std::string& path, const Form& form,
    const std::map<std::string, std::string>& headers) const {
  const auto result = httplib::Client("127.0.0.1", port_)
                          .Post(path, HeadersOf(headers), FormText(form),
                                "application/x-www-form-urlencoded");
  if (!result) return {};
  return {result->status, result->body, result->get_header_value("Location")};
}

RunningSandbox::Reply RunningSandbox::Delete(const std::string& path) const {
  const auto result = httplib::Client("127.0.0.1", port_).Delete(path);
  if (!result) return {};
  return {result->status, result->body, ""};
}

RunningSandbox::Reply RunningSandbox::Control(
    const std::string& path, const nlohmann::json& body) const {
  const auto result = httplib::Client("127.0.0.1", port_)
                          .Post(absl::StrCat("/control/", path), body.dump(),
                                "application/json");
  if (!result) return {};
  return {result->status, result->body, ""};
}

nlohmann::json RunningSandbox::Counters() const {
  return Get("/control/counters").json();
}

void RunningSandbox::Advance(int seconds) const {
  EXPECT_EQ(Control("clock", {{"advance_seconds", seconds}}).status, 200);
}

void RunningSandbox::Switch(const std::string& name,
                            const nlohmann::json& value) const {
  EXPECT_EQ(Control("switches", {{name, value}}).status, 200) << name;
}

RunningSandbox::Client RunningSandbox::Register(const std::string& type) const {
  nlohmann::json body = {{"name", "App"}, {"type", type}};
  body["redirect_uris"] = nlohmann::json::array({kRedirect});
  const auto answer = Control("clients", body).json();
  return {answer["client_id"], answer.value("client_secret", "")};
}

RunningSandbox::Form RunningSandbox::Authorization(const Client& client) const {
  return {{"client_id", client.id},    {"response_type", "code"},
          {"redirect_uri", kRedirect}, {"scope", "ZohoCliq.Channels.READ"},
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

RunningSandbox::Reply RunningSandbox::Decide(const Form& query,
                                             const std::string& decision,
                                             const std::string& user) const {
  const Reply page = Get(absl::StrCat("/oauth/v2/auth?", FormText(query)));
  EXPECT_EQ(page.status, 200) << page.body;
  return Press(page.body, decision, user);
}

std::string RunningSandbox::ConsentCode(const Client& client) const {
  return QueryValue(Decide(Authorization(client), "accept").location, "code");
}

RunningSandbox::Reply RunningSandbox::Exchange(const Client& client,
                                               const std::string& code) const {
  return Token({{"grant_type", "authorization_code"},
                {"client_id", client.id},
                {"client_secret", client.secret},
                {"redirect_uri", kRedirect},
                {"code", code}});
}

RunningSandbox::Reply RunningSandbox::Refresh(
    const Client& client, const std::string& refresh_token) const {
  return Token({{"grant_type", "refresh_token"},
                {"client_id", client.id},
                {"client_secret", client.secret},
                {"refresh_token", refresh_token}});
}

std::string RunningSandbox::RefreshToken(const Client& client) const {
  return Exchange(client, ConsentCode(client))
      .json()
      .value("refresh_token", "");
}

RunningSandbox::Reply RunningSandbox::Api(const std::string& access_token,
                                          const std::string& path,
                                          const std::string& scheme) const {
  return Get(absl::StrCat("/api/v2/", path),
             {{"Authorization", absl::StrCat(scheme, " ", access_token)}});
}

std::string QueryValue(const std::string& url, const std::string& name) {
  const auto begin = url.find_first_of("?#");
  if (begin == std::string::npos) return "";
  for (absl::string_view part : absl::StrSplit(url.substr(begin + 1), '&')) {
    const std::pair<std::string, std::string> pair =
        absl::StrSplit(part, absl::MaxSplits('=', 1));
    if (pair.first == name) return pair.second;
  }
  return "";
}

std::string FieldValue(const std::string& page, const std::string& name) {
  const std::string before = absl::StrCat("name=\"", name, "\" value=\"");
  const auto begin = page.find(before);
  if (begin == std::string::npos) return "";
  const auto value = begin + before.size();
  return page.substr(value, page.find('"', value) - value);
}

}  // namespace bursar::sandbox
