// Every answer of the server's, whatever it is about, and where it listens.

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <list>
#include <optional>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "httplib.h"
#include "server/web/outcome.h"
#include "tests/fakes/certificate_files.h"
#include "tests/unit/web/browser.h"

namespace bursar {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// Connects, begins a request and says no more.
class SlowBrowser {
 public:
  explicit SlowBrowser(const std::string& url)
      : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int port = 0;
    EXPECT_TRUE(absl::SimpleAtoi(url.substr(url.rfind(':') + 1), &port));
    address.sin_port = htons(static_cast<uint16_t>(port));
    EXPECT_EQ(connect(socket_, reinterpret_cast<const sockaddr*>(&address),
                      sizeof(address)),
              0);
    EXPECT_EQ(write(socket_, "GET", 3), 3);
  }
  SlowBrowser(const SlowBrowser&) = delete;
  SlowBrowser& operator=(const SlowBrowser&) = delete;
  ~SlowBrowser() { close(socket_); }

 private:
  const int socket_;
};

TEST_F(WebServerTest, EveryOutcomesPageHasItsStatusAndText) {
  httplib::Client browser(server->url());
  for (const OutcomeText& text : OutcomeTexts()) {
    const auto page = browser.Get(absl::StrCat("/consent/", text.slug));
    ASSERT_TRUE(page) << text.slug;
    EXPECT_EQ(page->status, text.http_status) << text.slug;
    EXPECT_THAT(page->body, HasSubstr(std::string(text.title)));
    EXPECT_THAT(page->body, HasSubstr(std::string(text.next)));
    EXPECT_THAT(page->body, Not(HasSubstr("{{")));
    EXPECT_EQ(page->has_header("Retry-After"), text.http_status == 503);
  }
}

TEST_F(WebServerTest, EveryAnswerKeepsBrowsersFromCachingTellingAndFraming) {
  httplib::Client browser(server->url());
  for (const char* path :
       {"/callback", "/consent/connected", "/healthz", "/nowhere"}) {
    const auto answer = browser.Get(path);
    ASSERT_TRUE(answer) << path;
    EXPECT_EQ(answer->get_header_value("Cache-Control"), "no-store") << path;
    EXPECT_EQ(answer->get_header_value("Referrer-Policy"), "no-referrer");
    EXPECT_EQ(answer->get_header_value("X-Content-Type-Options"), "nosniff");
    const std::string policy =
        answer->get_header_value("Content-Security-Policy");
    EXPECT_THAT(policy, HasSubstr("default-src 'none'"));
    EXPECT_THAT(policy, HasSubstr("frame-ancestors 'none'"));
  }
}

TEST_F(WebServerTest, WhereThereIsNothingAPageSaysSo) {
  httplib::Client browser(server->url());
  for (const char* path : {"/", "/nowhere", "/consent/", "/consent/nonesuch",
                           "/consent/../callback"}) {
    const auto page = browser.Get(path);
    ASSERT_TRUE(page) << path;
    EXPECT_EQ(page->status, 404) << path;
    EXPECT_THAT(page->body, HasSubstr("There is nothing here")) << path;
  }
}

TEST_F(WebServerTest, NothingElseTakesAPost) {
  httplib::Client browser(server->url());
  const auto answer = browser.Post("/consent/connected", "", "text/plain");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 405);
  EXPECT_EQ(answer->get_header_value("Allow"), "GET");
}

TEST_F(WebServerTest, AnOverlongAddressIsRefused) {
  httplib::Client browser(server->url());
  const auto answer = browser.Get("/callback?state=" + std::string(9000, 'a'));
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 414);
}

TEST_F(WebServerTest, SlowBrowsersDoNotKeepAnotherWaiting) {
  std::list<SlowBrowser> slow;
  for (int i = 0; i < 30; ++i) slow.emplace_back(server->url());
  httplib::Client browser(server->url());
  // Less than a slow one is waited for.
  browser.set_read_timeout(4);
  EXPECT_TRUE(browser.Get("/healthz"));
}

TEST_F(WebServerTest, TellsThatItIsThere) {
  httplib::Client browser(server->url());
  const auto answer = browser.Get("/healthz");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->body, "ok\n");
}

TEST_F(WebServerTest, ATakenPortIsRefusedByAddress) {
  const std::string address = server->url().substr(7);
  const auto second = WebServer::Bind({address, std::nullopt});
  ASSERT_FALSE(second.ok());
  EXPECT_THAT(std::string(second.status().message()), HasSubstr(address));
}

TEST_F(WebServerTest, AnswersOverTls) {
  server.reset();
  FileAuthority authority(ledger.folder());
  const CertificateFiles own = authority.Issue("web", "IP:127.0.0.1");
  Start({"127.0.0.1:0", WebTls{own.certificate, own.key}});
  EXPECT_THAT(server->url(), HasSubstr("https://127.0.0.1:"));
  httplib::Client browser(server->url());
  browser.set_ca_cert_path(authority.certificate().c_str());
  const auto answer = browser.Get("/healthz");
  ASSERT_TRUE(answer) << httplib::to_string(answer.error());
  EXPECT_EQ(answer->status, 200);
}

TEST_F(WebServerTest, ACertificateThatIsNotFitIsNamed) {
  FileAuthority authority(ledger.folder());
  const CertificateFiles own = authority.Issue("web", "IP:127.0.0.1");
  const CertificateFiles other = authority.Issue("other", "IP:127.0.0.1");
  for (const WebTls& tls : {WebTls{"/nowhere/cert.pem", own.key},
                            WebTls{own.certificate, other.key}}) {
    const auto bound = WebServer::Bind({"127.0.0.1:0", tls});
    ASSERT_FALSE(bound.ok());
    EXPECT_THAT(std::string(bound.status().message()),
                HasSubstr(tls.certificate_file));
  }
}

}  // namespace
}  // namespace bursar
