#include "tests/journey/harness/cluster.h"

#include <functional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "httplib.h"

namespace bursar::journey {
namespace {

// Of which each serves one connection at a time.
constexpr int kServingThreads = 8;

class CountingPool final : public httplib::ThreadPool {
 public:
  explicit CountingPool(std::atomic<int64_t>& connections)
      : ThreadPool(kServingThreads), connections_(connections) {}

  void enqueue(std::function<void()> connection) override {
    ++connections_;
    ThreadPool::enqueue(std::move(connection));
  }

 private:
  std::atomic<int64_t>& connections_;
};

}  // namespace

Cluster::Cluster()
    : Cluster(std::make_unique<httplib::Server>(), "http://127.0.0.1:") {}

Cluster::Cluster(const CertificateFiles& shown)
    : Cluster(std::make_unique<httplib::SSLServer>(shown.certificate.c_str(),
                                                   shown.key.c_str()),
              "https://localhost:") {}

Cluster::Cluster(std::unique_ptr<httplib::Server> server,
                 const std::string& origin)
    : server_(std::move(server)),
      url_(absl::StrCat(origin, server_->bind_to_any_port("127.0.0.1"))) {
  Answer();
  thread_ = std::thread([this] { server_->listen_after_bind(); });
}

Cluster::~Cluster() {
  // It does not listen to being stopped before.
  while (!server_->is_running()) std::this_thread::yield();
  server_->stop();
  thread_.join();
}

void Cluster::Answer() {
  server_->new_task_queue = [this] { return new CountingPool(connections_); };
  server_->set_pre_routing_handler(
      [this](const httplib::Request& request, httplib::Response& answer) {
        using Handled = httplib::Server::HandlerResponse;
        ++requests_;
        const std::lock_guard lock(mutex_);
        shown_ = request.get_header_value("Authorization");
        if (!down_) return Handled::Unhandled;
        answer.status = 503;
        return Handled::Handled;
      });
  server_->Get("/keys",
               [this](const httplib::Request&, httplib::Response& answer) {
                 const std::lock_guard lock(mutex_);
                 answer.set_content(key_set_, "application/jwk-set+json");
               });
  server_->Post("/review", [this](const httplib::Request& request,
                                  httplib::Response& answer) {
    answer.status = 201;
    answer.set_content(Review(request.body), "application/json");
  });
}

std::string Cluster::Review(const std::string& body) const {
  const std::lock_guard lock(mutex_);
  const bool good = !good_.empty() && absl::StrContains(body, good_) &&
                    shown_ == absl::StrCat("Bearer ", kOwnToken);
  return absl::StrCat(R"({"apiVersion":"authentication.k8s.io/v1",)",
                      R"("kind":"TokenReview","status":{"authenticated":)",
                      good ? "true" : "false",
                      R"(,"audiences":["bursar"],"user":{"username":)",
                      R"("system:serviceaccount:payments:reader"}}})");
}

void Cluster::Publish(std::string key_set) {
  const std::lock_guard lock(mutex_);
  key_set_ = std::move(key_set);
}

void Cluster::FindGood(std::string token) {
  const std::lock_guard lock(mutex_);
  good_ = std::move(token);
}

std::string Cluster::shown() const {
  const std::lock_guard lock(mutex_);
  return shown_;
}

}  // namespace bursar::journey
