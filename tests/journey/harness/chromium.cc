#include "tests/journey/harness/chromium.h"

#include <httplib.h>

#include <regex>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/fakes/eventually.h"

namespace bursar::journey {
namespace {

using nlohmann::json;

constexpr char kDriver[] = "/usr/bin/chromedriver";
constexpr char kBrowser[] = "/usr/bin/chromium";
// The key of an element's id (WebDriver section 12.1).
constexpr char kElement[] = "element-6066-11e4-a52e-4f735466cecf";

std::string Labelled(const std::string& label) {
  return absl::StrCat("//*[@id=//label[normalize-space()='", label, "']/@for]");
}

std::string Button(const std::string& text) {
  return absl::StrCat("//button[normalize-space()='", text, "']");
}

json NewSession() {
  const json options = {
      {"binary", kBrowser},
      // The pipe ends with the driver, and the browser with the pipe.
      {"args",
       {"--headless=new", "--no-sandbox", "--disable-gpu",
        "--disable-dev-shm-usage", "--remote-debugging-pipe"}}};
  return {
      {"capabilities",
       {{"alwaysMatch",
         {{"goog:chromeOptions", options}, {"acceptInsecureCerts", true}}}}}};
}

}  // namespace

Chromium::Chromium() = default;

Chromium::~Chromium() {
  if (!session_.empty()) Call("DELETE", "", json::object());
}

bool Chromium::Start() {
  driver_ = std::make_unique<Process>(Process::Options{
      .argv = {kDriver, "--port=0"},
      .environment = {{"HOME", folder_.path()}, {"TMPDIR", folder_.path()}},
      .log = folder_.Path("driver")});
  std::smatch port;
  std::string output;
  if (!Eventually([&] {
        output = driver_->Output();
        return std::regex_search(
                   output, port,
                   std::regex("started successfully on port ([0-9]+)")) ||
               !driver_->Running();
      }) ||
      port.empty()) {
    return false;
  }
  driver_url_ = absl::StrCat("http://127.0.0.1:", port[1].str());
  const json session = Call("POST", "", NewSession());
  session_ = session.value("sessionId", "");
  return !session_.empty();
}

void Chromium::Open(const std::string& url) {
  Call("POST", "/url", {{"url", url}});
}

void Chromium::Type(const std::string& label, const std::string& text) {
  const std::string field = absl::StrCat("/element/", Find(Labelled(label)));
  Call("POST", absl::StrCat(field, "/clear"), json::object());
  Call("POST", absl::StrCat(field, "/value"), {{"text", text}});
}

void Chromium::Choose(const std::string& label) {
  Click(absl::StrCat("//label[starts-with(normalize-space(),'", label, "')]"));
}

// A form's page comes after its click: the driver does not wait for it.
void Chromium::Press(const std::string& button) {
  Run("window.isOldPage = true");
  Click(Button(button));
  EXPECT_TRUE(Eventually([this] {
    return Run("return !window.isOldPage && document.readyState == 'complete'")
        .get<bool>();
  })) << "no page after "
      << button;
}

bool Chromium::PressInVain(const std::string& button) {
  Click(Button(button));
  return Run("return document.querySelector(':user-invalid') !== null")
      .get<bool>();
}

std::string Chromium::Address() { return Read("/url"); }

std::string Chromium::Text() {
  return Read(absl::StrCat("/element/", Find("//body"), "/text"));
}

std::string Chromium::Described(const std::string& term) {
  const std::string id = Find(absl::StrCat("//dt[normalize-space()='", term,
                                           "']/following-sibling::dd[1]"));
  return Read(absl::StrCat("/element/", id, "/text"));
}

json Chromium::Call(const std::string& method, const std::string& path,
                    const json& body) {
  httplib::Client client(driver_url_);
  client.set_read_timeout(absl::ToChronoSeconds(absl::Minutes(1)));
  httplib::Request request;
  request.method = method;
  request.path =
      session_.empty() ? "/session" : absl::StrCat("/session/", session_, path);
  if (method == "POST") request.body = body.dump();
  const auto answer = client.send(request);
  if (!answer) {
    ADD_FAILURE() << "the browser is gone";
    return json::object();
  }
  EXPECT_EQ(answer->status, 200) << answer->body;
  return json::parse(answer->body)["value"];
}

std::string Chromium::Read(const std::string& path) {
  const json value = Call("GET", path, json::object());
  return value.is_string() ? value.get<std::string>() : "";
}

std::string Chromium::Find(const std::string& xpath) {
  return Call("POST", "/element", {{"using", "xpath"}, {"value", xpath}})
      .value(kElement, "");
}

void Chromium::Click(const std::string& xpath) {
  Call("POST", absl::StrCat("/element/", Find(xpath), "/click"),
       json::object());
}

json Chromium::Run(const std::string& script) {
  return Call("POST", "/execute/sync",
              {{"script", script}, {"args", json::array()}});
}

}  // namespace bursar::journey
