#include "tests/unit/web/browser.h"

#include <gmock/gmock.h>

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

namespace bursar {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

void ExpectNoSecret(const httplib::Response& response,
                    const std::string& state) {
  std::string all = response.body;
  for (const auto& [name, value] : response.headers) {
    absl::StrAppend(&all, "\n", name, ": ", value);
  }
  EXPECT_THAT(all, Not(HasSubstr("c0de")));
  EXPECT_THAT(all, Not(HasSubstr("t0ken")));
  if (!state.empty()) {
    EXPECT_THAT(all, Not(HasSubstr(state)));
  }
}

}  // namespace

RedeemResult Tokens(absl::Time now, bool with_refresh_token) {
  Granted granted;
  granted.access_token.value = Secret::Copy("access-t0ken");
  granted.access_token.token_type = "Bearer";
  granted.access_token.obtained = now;
  granted.access_token.expiry = now + absl::Hours(1);
  if (with_refresh_token) {
    granted.refresh_token = Secret::Copy("refresh-t0ken");
  }
  return granted;
}

Providers WebServerTest::OneProvider() {
  Provider zoho;
  zoho.name = ProviderName("zoho");
  zoho.default_data_center = DataCenter("us");
  zoho.data_centers[DataCenter("us")] = {"us", "https://accounts.us.test"};
  std::vector<Provider> providers;
  providers.push_back(std::move(zoho));
  return Providers(std::move(providers));
}

WebServerTest::WebServerTest() {
  Start({"127.0.0.1:0", std::nullopt});
  CreateClient("calendar", ResponseType::kCode);
  CreateClient("page", ResponseType::kToken);
}

WebServerTest::~WebServerTest() {
  server.reset();
  ledger.Close();
}

void WebServerTest::Start(WebServer::Options options) {
  auto bound = WebServer::Bind(std::move(options));
  ASSERT_TRUE(bound.ok()) << bound.status();
  server = *std::move(bound);
  server->Serve(consent, clock);
}

void WebServerTest::CreateClient(const std::string& name,
                                 ResponseType response_type) {
  Client client;
  client.name = ClientName(name);
  client.response_type = response_type;
  client.provider = ProviderName("zoho");
  client.client_id = "1000.CLIENT";
  client.default_scopes = Scopes({"Calendar.READ"});
  absl::Status created = absl::UnknownError("not told");
  std::mutex mutex;
  std::condition_variable told;
  std::unique_lock lock(mutex);
  ledger.journal().Write(
      [&](Ledger& rows) {
        return rows.clients()
            .Create(client, std::nullopt, clock.Now())
            .status();
      },
      [&](absl::Status status) {
        const std::lock_guard guard(mutex);
        created = std::move(status);
        told.notify_one();
      });
  told.wait(lock, [&] { return !absl::IsUnknown(created); });
  ASSERT_TRUE(created.ok()) << created;
}

std::string WebServerTest::BeginConsent(const std::string& client) {
  std::string state;
  std::mutex mutex;
  std::condition_variable told;
  std::unique_lock lock(mutex);
  consent.Begin({UserId("ada"), ClientName(client), {}, Actor("service")},
                clock.Now(), [&](absl::StatusOr<Consent::Begun> begun) {
                  const std::lock_guard guard(mutex);
                  state = std::string(begun.value().state.Expose());
                  told.notify_one();
                });
  told.wait(lock, [&] { return !state.empty(); });
  return state;
}

std::string WebServerTest::Follow(const std::string& query,
                                  const std::string& state) {
  httplib::Client browser(server->url());
  const auto redirect = browser.Get("/callback?" + query);
  if (!redirect) return "no answer";
  EXPECT_EQ(redirect->status, 303);
  ExpectNoSecret(*redirect, state);
  const std::string location = redirect->get_header_value("Location");
  EXPECT_EQ(location.rfind("consent/", 0), 0u) << location;
  const auto page = browser.Get("/" + location);
  if (!page) return "no page";
  ExpectNoSecret(*page, state);
  return location.substr(location.find('/') + 1);
}

std::string WebServerTest::HandOn(const std::string& fragment,
                                  const std::string& state) {
  httplib::Client browser(server->url());
  const auto redirect =
      browser.Post("/callback", httplib::Params{{"fragment", fragment}});
  if (!redirect) return "no answer";
  EXPECT_EQ(redirect->status, 303);
  ExpectNoSecret(*redirect, state);
  const std::string location = redirect->get_header_value("Location");
  return location.substr(location.find('/') + 1);
}

std::string WebServerTest::Complete(const std::string& state,
                                    RedeemResult answer) {
  std::thread provider(
      [&] { EXPECT_TRUE(upstream.Answer(std::move(answer))); });
  std::string slug = Follow(
      absl::StrCat("state=", state, "&code=", kCode, "&location=us"), state);
  provider.join();
  return slug;
}

}  // namespace bursar
