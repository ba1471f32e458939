#include "tests/journey/harness/html_form.h"

#include <regex>

#include "absl/strings/ascii.h"
#include "absl/strings/str_replace.h"

namespace bursar::journey {
namespace {

std::string Unescape(const std::string& text) {
  return absl::StrReplaceAll(text, {{"&lt;", "<"},
                                    {"&gt;", ">"},
                                    {"&quot;", "\""},
                                    {"&#34;", "\""},
                                    {"&#39;", "'"},
                                    {"&#x27;", "'"},
                                    {"&amp;", "&"}});
}

// The attribute's value in the text of a tag; `otherwise` if it has none.
std::string Attribute(const std::string& tag, const std::string& name,
                      const std::string& otherwise = "") {
  const std::regex pattern("[\\s\"']" + name + R"re(\s*=\s*"([^"]*)")re",
                           std::regex::icase);
  std::smatch found;
  return std::regex_search(tag, found, pattern) ? Unescape(found[1])
                                                : otherwise;
}

bool Has(const std::string& tag, const std::string& flag) {
  return std::regex_search(
      tag, std::regex("\\s" + flag + R"((?=[\s=>/]|$))", std::regex::icase));
}

// Calls `visit` with each match.
template <typename Visit>
void ForEach(const std::string& text, const char* pattern, Visit visit) {
  const std::regex expression(pattern, std::regex::icase);
  for (std::sregex_iterator match(text.begin(), text.end(), expression), end;
       match != end; ++match) {
    visit(*match);
  }
}

void AddInput(const std::string& tag, HtmlForm& form) {
  const std::string type =
      absl::AsciiStrToLower(Attribute(tag, "type", "text"));
  const std::string name = Attribute(tag, "name");
  if (type == "submit") {
    const std::string value = Attribute(tag, "value");
    form.buttons.push_back({name, value, value});
    return;
  }
  const bool is_choice = type == "radio" || type == "checkbox";
  if (name.empty() || (is_choice && !Has(tag, "checked"))) return;
  form.fields[name] = Attribute(tag, "value", is_choice ? "on" : "");
}

void AddSelect(const std::string& tag, const std::string& content,
               HtmlForm& form) {
  const std::string name = Attribute(tag, "name");
  bool is_first = true;
  ForEach(content, R"(<option\b[^>]*>)", [&](const std::smatch& option) {
    const std::string text = option[0];
    if (is_first || Has(text, "selected")) {
      form.fields[name] = Attribute(text, "value");
    }
    is_first = false;
  });
}

}  // namespace

std::vector<HtmlForm> FormsOf(const std::string& html) {
  std::vector<HtmlForm> forms;
  ForEach(html, R"((<form\b[^>]*>)([^]*?)</form>)", [&](const std::smatch& m) {
    const std::string tag = m[1];
    const std::string content = m[2];
    HtmlForm form;
    form.action = Attribute(tag, "action");
    form.method = absl::AsciiStrToUpper(Attribute(tag, "method", "GET"));
    ForEach(content, R"(<input\b[^>]*>)",
            [&](const std::smatch& input) { AddInput(input[0], form); });
    ForEach(content, R"((<select\b[^>]*>)([^]*?)</select>)",
            [&](const std::smatch& s) { AddSelect(s[1], s[2], form); });
    ForEach(
        content, R"((<button\b[^>]*>)([^]*?)</button>)",
        [&](const std::smatch& b) {
          form.buttons.push_back({Attribute(b[1], "name"),
                                  Attribute(b[1], "value"), Unescape(b[2])});
        });
    forms.push_back(std::move(form));
  });
  return forms;
}

}  // namespace bursar::journey
