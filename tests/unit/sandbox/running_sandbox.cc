#include "tests/unit/sandbox/running_sandbox.h"

#include <httplib.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "sandbox/url.h"

namespace bursar::sandbox {
namespace {

httplib::Headers HeadersOf(const std::map<std::string, std::string>& headers) {
  return {headers.begin(), headers.end()};
}

}  // namespace

nlohmann::json RunningSandbox::Reply::json() const {
  return nlohmann::json::parse(body, nullptr, false);
}

RunningSandbox::RunningSandbox(SandboxOptions options) {
  Start(std::move(options));
}

void RunningSandbox::Start(SandboxOptions options) {
  auto started = Sandbox::Start(options);
  if (!started.ok()) {
    ADD_FAILURE() << started.status();
    return;
  }
  sandbox_ = *std::move(started);
  persona_ = std::move(options.persona);
  GoTo(persona_.home());
}

void RunningSandbox::Be(Persona persona) {
  SandboxOptions options;
  options.persona = std::move(persona);
  Start(std::move(options));
}

void RunningSandbox::GoTo(const std::string& location) {
  for (const auto& [known, url] : sandbox_->urls()) {
    if (known == location) port_ = std::stoi(url.substr(url.rfind(':') + 1));
  }
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

std::string FormText(const std::map<std::string, std::string>& form) {
  return QueryOf(QueryParameters(form.begin(), form.end()));
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
