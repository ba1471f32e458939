#include "server/web/web_server.h"

#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "httplib.h"
#include "server/base/log.h"
#include "server/base/log_budget.h"
#include "server/base/secret.h"
#include "server/core/fragment.h"
#include "server/web/browser_threads.h"
#include "server/web/callback.h"
#include "server/web/host_and_port.h"
#include "server/web/pages.h"

namespace bursar {
namespace {

// Each of a slow browser's, or of a user's whose provider is slow, keeps one.
constexpr std::size_t kMostThreads = 128;
constexpr std::chrono::seconds kReadTimeout{5};
constexpr std::chrono::seconds kWriteTimeout{10};
// What is handed on of a fragment is the only body that is taken.
constexpr std::size_t kMaxBodySize = kMaxFragmentSize;
constexpr const char* kHtml = "text/html; charset=utf-8";
constexpr const char* kCallback = "/callback";
constexpr const char* kPolicy = "Content-Security-Policy";

using Handled = httplib::Server::HandlerResponse;

absl::Status Unfit(absl::string_view what, absl::string_view why) {
  return absl::FailedPreconditionError(absl::StrCat(what, ": ", why));
}

absl::StatusOr<std::unique_ptr<httplib::Server>> MakeServer(
    const std::optional<WebTls>& tls) {
  if (!tls) return std::make_unique<httplib::Server>();
  for (const std::string& file : {tls->certificate_file, tls->key_file}) {
    if (access(file.c_str(), R_OK) != 0) {
      return Unfit(file,
                   absl::StrCat("cannot be read: ", std::strerror(errno)));
    }
  }
  auto server = std::make_unique<httplib::SSLServer>(
      tls->certificate_file.c_str(), tls->key_file.c_str());
  if (!server->is_valid()) {
    return Unfit(tls->certificate_file,
                 absl::StrCat("is not a certificate in PEM with its key in ",
                              tls->key_file));
  }
  return server;
}

void Show(const WebPage& page, httplib::Response& response) {
  response.status = page.http_status;
  response.set_content(page.html, kHtml);
}

// The browser brings the same redirect again by itself.
void AskAgain(const WebPage& page, absl::Duration delay,
              httplib::Response& response) {
  const std::string seconds =
      absl::StrCat(absl::ToInt64Seconds(absl::Ceil(delay, absl::Seconds(1))));
  Show(page, response);
  response.set_header("Retry-After", seconds);
  response.set_header("Refresh", seconds);
}

void SetBounds(httplib::Server& server) {
  server.new_task_queue = [] { return new BrowserThreads(kMostThreads); };
  server.set_read_timeout(kReadTimeout);
  server.set_write_timeout(kWriteTimeout);
  server.set_payload_max_length(kMaxBodySize);
  // Browsers keep idle connections, and each would keep a thread.
  server.set_keep_alive_max_count(1);
  // Not SO_REUSEPORT, the library's default: a second server on the port must
  // fail, not share its visitors.
  server.set_socket_options([](socket_t socket) {
    const int yes = 1;
    setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
  });
}

// Whether the redirect has its answer where only the browser sees it.
bool HasNoAnswer(const httplib::Request& request) {
  return !request.has_param("state") && !request.has_param("code") &&
         !request.has_param("error");
}

// The request's parameters, taken out of it.
CallbackQuery TakeQuery(const httplib::Request& request) {
  return {request.params.begin(), request.params.end()};
}

void WipeAll(CallbackQuery& query) {
  for (auto& [name, value] : query) Wipe(value);
}

}  // namespace

struct WebServer::Parts {
  void Route(Consent& consent, const Clock& clock, absl::Duration patience);
  void RouteCallback(Consent& consent, const Clock& clock,
                     absl::Duration patience);
  void AskForFragment(httplib::Response& response) const;
  void Answer(const Answered& answered, httplib::Response& response) const;
  void Log(const Answered& answered, const std::string& peer, absl::Time now);

  Pages pages;
  LogBudget budget;
  std::unique_ptr<httplib::Server> http;
  std::thread listening;
};

void WebServer::Parts::AskForFragment(httplib::Response& response) const {
  Show(pages.fragment(), response);
  response.headers.erase(kPolicy);
  response.set_header(kPolicy, pages.fragment_security_policy());
}

void WebServer::Parts::Answer(const Answered& answered,
                              httplib::Response& response) const {
  const absl::string_view slug = TextOf(answered.outcome).slug;
  if (answered.retry_after) {
    return AskAgain(*pages.Find(std::string(slug)), *answered.retry_after,
                    response);
  }
  // Away from the address that has the code in it. Relative, for a proxy that
  // puts us below a path.
  response.set_redirect(absl::StrCat("consent/", slug), 303);
}

// Anybody can bring what leads to nothing, without end; a consent comes of one
// that somebody began here.
void WebServer::Parts::Log(const Answered& answered, const std::string& peer,
                           absl::Time now) {
  const absl::string_view slug = TextOf(answered.outcome).slug;
  if (answered.outcome == Outcome::kConnected) {
    return log::Info("web.consent", {{"outcome", slug}});
  }
  const auto left_out = budget.Take(absl::StrCat(peer, " ", slug), now);
  if (!left_out) return;
  log::Info("web.consent", {{"outcome", slug}, {"left_out", *left_out}});
}

void WebServer::Parts::RouteCallback(Consent& consent, const Clock& clock,
                                     absl::Duration patience) {
  http->Get(kCallback,
            [this, &consent, &clock, patience](const httplib::Request& request,
                                               httplib::Response& response) {
              if (HasNoAnswer(request)) return AskForFragment(response);
              CallbackQuery query = TakeQuery(request);
              const Answered answered =
                  HandleCallback(query, consent, clock.Now(), patience);
              WipeAll(query);
              Log(answered, request.remote_addr, clock.Now());
              Answer(answered, response);
            });
  http->Post(kCallback,
             [this, &consent, &clock, patience](const httplib::Request& request,
                                                httplib::Response& response) {
               std::string fragment = request.get_param_value("fragment");
               const Answered answered =
                   HandleFragment(fragment, consent, clock.Now(), patience);
               Wipe(fragment);
               Log(answered, request.remote_addr, clock.Now());
               Answer(answered, response);
             });
}

void WebServer::Parts::Route(Consent& consent, const Clock& clock,
                             absl::Duration patience) {
  http->set_default_headers({{"Cache-Control", "no-store"},
                             {kPolicy, pages.content_security_policy()},
                             {"Referrer-Policy", "no-referrer"},
                             {"X-Content-Type-Options", "nosniff"},
                             {"X-Frame-Options", "DENY"}});
  // The library answers HEAD as GET; a state is not spent on a glance.
  http->set_pre_routing_handler(
      [](const httplib::Request& request, httplib::Response& response) {
        const bool callback = request.path == kCallback;
        if (request.method == "GET" || (callback && request.method == "POST")) {
          return Handled::Unhandled;
        }
        response.status = 405;
        response.set_header("Allow", callback ? "GET, POST" : "GET");
        return Handled::Handled;
      });
  http->Get("/healthz", [](const httplib::Request&, httplib::Response& answer) {
    answer.set_content("ok\n", "text/plain");
  });
  RouteCallback(consent, clock, patience);
  http->Get("/consent/([a-z-]+)", [this](const httplib::Request& request,
                                         httplib::Response& response) {
    const WebPage* page = pages.Find(request.matches[1]);
    Show(page == nullptr ? pages.not_found() : *page, response);
    if (response.status == 503) response.set_header("Retry-After", "120");
  });
  http->set_error_handler(httplib::Server::Handler(
      [this](const httplib::Request&, httplib::Response& response) {
        if (!response.body.empty()) return;
        const int status = response.status;
        Show(status == 404 ? pages.not_found() : pages.bad_request(), response);
        response.status = status;
      }));
}

WebServer::WebServer(Options options, std::unique_ptr<Parts> parts)
    : options_(std::move(options)), parts_(std::move(parts)) {}

absl::StatusOr<std::unique_ptr<WebServer>> WebServer::Bind(Options options) {
  std::optional<HostAndPort> where = SplitAddress(options.address);
  if (!where) return Unfit(options.address, "is not HOST:PORT");
  auto http = MakeServer(options.tls);
  if (!http.ok()) return http.status();
  SetBounds(**http);
  if (where->port == 0) {
    where->port = (*http)->bind_to_any_port(where->host);
  } else if (!(*http)->bind_to_port(where->host, where->port)) {
    where->port = -1;
  }
  if (where->port < 0) {
    return Unfit(options.address,
                 "cannot listen there: the address is in use, not this "
                 "machine's, or not permitted");
  }
  std::unique_ptr<WebServer> server(
      new WebServer(std::move(options), std::make_unique<Parts>()));
  const std::string& address = server->options_.address;
  server->url_ =
      absl::StrCat(server->options_.tls ? "https://" : "http://",
                   address.substr(0, address.rfind(':')), ":", where->port);
  server->parts_->http = *std::move(http);
  return server;
}

WebServer::~WebServer() { Stop(); }

void WebServer::Serve(Consent& consent, const Clock& clock) {
  parts_->Route(consent, clock, options_.patience);
  parts_->listening =
      std::thread([this] { parts_->http->listen_after_bind(); });
  // The library forgets a stop that comes before it listens.
  while (!parts_->http->is_running()) std::this_thread::yield();
}

void WebServer::Stop() {
  if (!parts_->listening.joinable()) return;
  parts_->http->stop();
  parts_->listening.join();
}

}  // namespace bursar
