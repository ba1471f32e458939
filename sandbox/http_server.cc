#include "sandbox/http_server.h"

#include <sys/socket.h>

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "sandbox/connection.h"

namespace bursar::sandbox {
namespace {

constexpr absl::Duration kIdleLimit = absl::Seconds(5);
// Thousands connect within the same moment in a benchmark.
constexpr int kBacklog = 4096;
constexpr std::size_t kRequestsPerConnection = 100000;

// The name that a request is for: of its Host header, without the port.
std::string HostOf(absl::string_view head) {
  for (absl::string_view line : absl::StrSplit(head, "\r\n")) {
    const std::pair<absl::string_view, absl::string_view> header =
        absl::StrSplit(line, absl::MaxSplits(':', 1));
    if (!absl::EqualsIgnoreCase(header.first, "host")) continue;
    const absl::string_view host = absl::StripAsciiWhitespace(header.second);
    return absl::AsciiStrToLower(host.substr(0, host.rfind(':')));
  }
  return "";
}

}  // namespace

HttpServer::HttpServer(TlsContext tls, std::size_t workers)
    : tls_(std::move(tls)) {
  new_task_queue = [workers] { return new httplib::ThreadPool(workers); };
  set_keep_alive_max_count(kRequestsPerConnection);
  set_keep_alive_timeout(absl::ToInt64Seconds(kIdleLimit));
  // The library's own options would let two servers share a port.
  set_socket_options([](socket_t descriptor) {
    const int on = 1;
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  });
}

HttpServer::~HttpServer() {
  stop_.Raise();
  for (const auto& [host, site] : sites_) site->stop_.Raise();
  stop();
  if (listener_.joinable()) listener_.join();
}

absl::StatusOr<int> HttpServer::Bind(const std::string& host, int port) {
  if (port == 0) {
    port = bind_to_any_port(host);
  } else if (!bind_to_port(host, port)) {
    port = -1;
  }
  if (port < 0) {
    return absl::UnavailableError(absl::StrCat("cannot listen on ", host));
  }
  // The library's own backlog is five.
  ::listen(svr_sock_, kBacklog);
  return port;
}

void HttpServer::AddSite(const std::string& host, HttpServer& site) {
  sites_[host] = &site;
}

HttpServer& HttpServer::SiteFor(Connection& connection) {
  if (sites_.empty()) return *this;
  const auto found = sites_.find(HostOf(connection.PeekHead()));
  return found == sites_.end() ? *this : *found->second;
}

void HttpServer::Start() {
  listener_ = std::thread([this] { listen_after_bind(); });
  // Until then stop() does nothing.
  while (!is_running()) std::this_thread::yield();
}

bool HttpServer::process_and_close_socket(socket_t descriptor) {
  Connection connection(descriptor, stop_);
  if (tls_ != nullptr && !connection.StartTls(tls_.get())) return false;
  bool answered = false;
  while (connection.WaitForRequest(kIdleLimit)) {
    bool closed = false;
    answered =
        SiteFor(connection)
            .process_request(connection, /*close_connection=*/false, closed,
                             /*setup_request=*/nullptr);
    if (!answered || closed || connection.IsCut()) break;
  }
  return answered;
}

}  // namespace bursar::sandbox
