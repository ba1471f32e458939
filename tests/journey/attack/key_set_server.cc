#include "tests/journey/attack/key_set_server.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "httplib.h"

namespace bursar::journey {

KeySetServer::KeySetServer(const CertificateFiles& certificate,
                           std::string key_set)
    : server_(std::make_unique<httplib::SSLServer>(
          certificate.certificate.c_str(), certificate.key.c_str())) {
  server_->Get("/keys",
               [this, key_set = std::move(key_set)](
                   const httplib::Request&, httplib::Response& response) {
                 ++calls_;
                 response.set_content(key_set, "application/json");
               });
  const int port = server_->bind_to_any_port("127.0.0.1");
  url_ = absl::StrCat("https://localhost:", port, "/keys");
  thread_ = std::thread([this] { server_->listen_after_bind(); });
}

KeySetServer::~KeySetServer() {
  // It does not listen to being stopped before.
  while (!server_->is_running()) std::this_thread::yield();
  server_->stop();
  thread_.join();
}

}  // namespace bursar::journey
