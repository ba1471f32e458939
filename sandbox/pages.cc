#include "sandbox/pages.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "server/base/embedded_file.h"

namespace bursar {

const std::vector<EmbeddedFile>& SandboxPages();

namespace sandbox {
namespace {

using nlohmann::json;

absl::string_view Embedded(absl::string_view name) {
  for (const EmbeddedFile& file : SandboxPages()) {
    if (file.name == name) return file.content;
  }
  return "";
}

bool IsEmpty(const json& value) {
  return value.is_null() || value == false || value == "" ||
         (value.is_array() && value.empty());
}

// The values of one place of a template: an element's own before its page's.
class Scope {
 public:
  Scope(const json& values, const Scope* outer)
      : values_(values), outer_(outer) {}

  const json& Find(absl::string_view name) const {
    static const json& nothing = *new json();
    if (name == ".") return values_;
    if (values_.is_object()) {
      const auto found = values_.find(std::string(name));
      if (found != values_.end()) return *found;
    }
    return outer_ != nullptr ? outer_->Find(name) : nothing;
  }

 private:
  const json& values_;
  const Scope* outer_;
};

std::string Text(const json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

std::string Fill(absl::string_view text, const Scope& scope);

std::string FillSection(absl::string_view inner, const json& value,
                        const Scope& scope) {
  if (IsEmpty(value)) return "";
  if (!value.is_array()) return Fill(inner, Scope(value, &scope));
  std::string filled;
  for (const json& element : value) {
    absl::StrAppend(&filled, Fill(inner, Scope(element, &scope)));
  }
  return filled;
}

std::string Fill(absl::string_view text, const Scope& scope) {
  std::string filled;
  while (true) {
    const auto begin = text.find("{{");
    absl::StrAppend(&filled, text.substr(0, begin));
    if (begin == absl::string_view::npos) return filled;
    text.remove_prefix(begin + 2);
    const auto end = text.find("}}");
    absl::string_view tag = text.substr(0, end);
    text.remove_prefix(end + 2);
    const char kind = tag[0];
    if (kind != '#' && kind != '^' && kind != '>') {
      absl::StrAppend(&filled, EscapeHtml(Text(scope.Find(tag))));
      continue;
    }
    tag.remove_prefix(1);
    if (kind == '>') {
      absl::StrAppend(&filled,
                      Fill(Embedded(absl::StrCat(tag, ".html")), scope));
      continue;
    }
    const std::string closing = absl::StrCat("{{/", tag, "}}");
    const auto close = text.find(closing);
    const absl::string_view inner = text.substr(0, close);
    const json& value = scope.Find(tag);
    if (kind == '#') absl::StrAppend(&filled, FillSection(inner, value, scope));
    if (kind == '^' && IsEmpty(value)) {
      absl::StrAppend(&filled, Fill(inner, scope));
    }
    text.remove_prefix(close + closing.size());
  }
}

}  // namespace

std::string EscapeHtml(absl::string_view text) {
  return absl::StrReplaceAll(text, {{"&", "&amp;"},
                                    {"<", "&lt;"},
                                    {">", "&gt;"},
                                    {"\"", "&quot;"},
                                    {"'", "&#39;"}});
}

std::string FillTemplate(absl::string_view text, const json& values) {
  return Fill(text, Scope(values, nullptr));
}

void SendPage(absl::string_view name, const json& values, int status,
              httplib::Response& response) {
  response.status = status;
  response.set_header("Cache-Control", "no-store");
  // No form-action: browsers would apply it to the redirect after a form too.
  response.set_header("Content-Security-Policy",
                      "default-src 'none'; style-src 'self'; base-uri 'none'; "
                      "frame-ancestors 'none'");
  response.set_header("Referrer-Policy", "no-referrer");
  response.set_header("X-Content-Type-Options", "nosniff");
  response.set_content(
      FillTemplate(Embedded(absl::StrCat(name, ".html")), values),
      "text/html; charset=utf-8");
}

void SendProblem(absl::string_view title, absl::string_view text,
                 httplib::Response& response) {
  SendPage("message",
           {{"title", std::string(title)}, {"text", std::string(text)}}, 400,
           response);
}

void InstallStyle(HttpServer& server) {
  server.Get("/style.css", [](const auto&, auto& response) {
    response.set_content(std::string(Embedded("style.css")), "text/css");
  });
}

void InstallPages(HttpServer& server, json home) {
  InstallStyle(server);
  server.Get("/", [home = std::move(home)](const auto&, auto& response) {
    SendPage("home", home, 200, response);
  });
}

}  // namespace sandbox
}  // namespace bursar
