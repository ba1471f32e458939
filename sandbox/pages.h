// The sandbox's pages: embedded templates, filled in.
//
// A template knows {{name}}, always escaped, {{#name}}…{{/name}} for each
// element of a list (or once, if the value is there and not false or empty),
// {{^name}}…{{/name}} for the opposite, and {{>name}} for another template.
// There is no way to insert text unescaped. Pure.

#ifndef BURSAR_SANDBOX_PAGES_H_
#define BURSAR_SANDBOX_PAGES_H_

#include <httplib.h>

#include <nlohmann/json.hpp>
#include <string>

#include "absl/strings/string_view.h"
#include "sandbox/http_server.h"

namespace bursar::sandbox {

/// `text` with every character that HTML gives a meaning replaced.
std::string EscapeHtml(absl::string_view text);

/// Fills `text`, a template; {{>name}} means the embedded file name.html.
std::string FillTemplate(absl::string_view text, const nlohmann::json& values);

/// Answers with the page pages/`name`.html.
void SendPage(absl::string_view name, const nlohmann::json& values, int status,
              httplib::Response& response);

/// Answers with a page that says what is wrong, status 400.
void SendProblem(absl::string_view title, absl::string_view text,
                 httplib::Response& response);

/// Serves the style sheet that every page has.
void InstallStyle(HttpServer& server);

/// Serves that, and the first page, which is the same for all.
void InstallPages(HttpServer& server, nlohmann::json home);

}  // namespace bursar::sandbox

#endif  // BURSAR_SANDBOX_PAGES_H_
