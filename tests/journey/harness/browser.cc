#include "tests/journey/harness/browser.h"

#include <httplib.h>

#include <regex>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "tests/journey/harness/html_form.h"

namespace bursar::journey {
namespace {

constexpr int kMostRedirects = 10;
constexpr int kSeconds = 20;

struct Address {
  std::string origin;
  std::string host;
  std::string target;
};

Address Split(const std::string& url) {
  static const auto& pattern =
      *new std::regex(R"((https?://([^/:?#]+)(?::\d+)?)([^#]*).*)");
  std::smatch found;
  if (!std::regex_match(url, found, pattern)) return {};
  const std::string target = found[3];
  return {found[1], found[2],
          absl::StartsWith(target, "/") ? target : "/" + target};
}

// Where `reference` leads from a page at `base` (RFC 3986 section 5.2, without
// dot segments).
std::string Resolve(const std::string& base, const std::string& reference) {
  if (absl::StrContains(reference, "://")) return reference;
  const Address address = Split(base);
  if (reference.empty()) return base;
  if (reference[0] == '/') return address.origin + reference;
  const std::string path = address.target.substr(0, address.target.find('?'));
  if (reference[0] == '?') return address.origin + path + reference;
  return address.origin + path.substr(0, path.rfind('/') + 1) + reference;
}

std::string Encode(const Browser::Fields& fields) {
  httplib::Params parameters(fields.begin(), fields.end());
  return httplib::detail::params_to_query_str(parameters);
}

void KeepCookies(const httplib::Headers& headers, Browser::Fields& jar) {
  const auto [begin, end] = headers.equal_range("Set-Cookie");
  for (auto header = begin; header != end; ++header) {
    const std::string pair = header->second.substr(0, header->second.find(';'));
    const std::pair<std::string, std::string> cookie =
        absl::StrSplit(pair, absl::MaxSplits('=', 1));
    jar[cookie.first] = cookie.second;
  }
}

std::string CookieHeader(const Browser::Fields& jar) {
  std::string header;
  for (const auto& [name, value] : jar) {
    absl::StrAppend(&header, header.empty() ? "" : "; ", name, "=", value);
  }
  return header;
}

bool IsRedirect(int status) {
  return status == 301 || status == 302 || status == 303;
}

}  // namespace

Page Browser::Open(const std::string& url) { return Send("GET", url, ""); }

Page Browser::Press(const Page& page, const std::string& button,
                    const Fields& typed) {
  for (const HtmlForm& form : FormsOf(page.body)) {
    for (const HtmlForm::Button& candidate : form.buttons) {
      if (!absl::StrContains(candidate.text, button) &&
          candidate.value != button) {
        continue;
      }
      Fields fields = form.fields;
      for (const auto& [name, value] : typed) fields[name] = value;
      if (!candidate.name.empty()) fields[candidate.name] = candidate.value;
      const std::string url = Resolve(page.url, form.action);
      if (form.method == "POST") return Send("POST", url, Encode(fields));
      return Send("GET", absl::StrCat(url, "?", Encode(fields)), "");
    }
  }
  return {};
}

Page Browser::Send(std::string method, std::string url, std::string body) {
  for (int redirects = 0; redirects <= kMostRedirects; ++redirects) {
    history_.push_back(url);
    if (!stop_before_.empty() && absl::StartsWith(url, stop_before_)) {
      return {0, url, "", {}};
    }
    const Address address = Split(url);
    httplib::Client client(address.origin);
    client.set_read_timeout(kSeconds);
    client.set_keep_alive(false);
    if (!ca_file_.empty()) client.set_ca_cert_path(ca_file_.c_str());
    Fields& jar = cookies_[address.host];
    httplib::Headers headers;
    if (!jar.empty()) headers.emplace("Cookie", CookieHeader(jar));
    const auto result = method == "POST"
                            ? client.Post(address.target, headers, body,
                                          "application/x-www-form-urlencoded")
                            : client.Get(address.target, headers);
    if (!result) return {0, url, "", {}};
    KeepCookies(result->headers, jar);
    if (!IsRedirect(result->status)) {
      Page page = {result->status, url, result->body, {}};
      for (const auto& [name, value] : result->headers) {
        page.headers[absl::AsciiStrToLower(name)] = value;
      }
      return page;
    }
    url = Resolve(url, result->get_header_value("Location"));
    method = "GET";
    body.clear();
  }
  return {};
}

std::string QueryParameter(const std::string& url, const std::string& name) {
  const std::size_t query = url.find('?');
  if (query == std::string::npos) return "";
  httplib::Params parameters;
  httplib::detail::parse_query_text(url.substr(query + 1), parameters);
  const auto found = parameters.find(name);
  return found == parameters.end() ? "" : found->second;
}

}  // namespace bursar::journey
