#include "server/upstream/curl_loop.h"

#include <signal.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "absl/time/time.h"

namespace bursar {
namespace {

constexpr std::chrono::milliseconds kLongestPoll{1000};

// Signals are the main thread's, and a write to a connection that TLS found
// closed must not end the process by SIGPIPE.
void BlockSignals() {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, nullptr);
}

}  // namespace

std::unique_ptr<CurlLoop> CurlLoop::Start(UpstreamLimits limits) {
  CURLM* multi = curl_multi_init();
  if (multi == nullptr) return nullptr;
  return std::unique_ptr<CurlLoop>(new CurlLoop(std::move(limits), multi));
}

CurlLoop::CurlLoop(UpstreamLimits limits, CURLM* multi)
    : limits_(std::move(limits)), multi_(multi) {
  curl_multi_setopt(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS,
                    static_cast<long>(limits_.max_connections));
  thread_ = std::thread([this] { Run(); });
}

void CurlLoop::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  curl_multi_wakeup(multi_.get());
  thread_.join();
}

void CurlLoop::Add(HttpRequest request, Transport::Done done) {
  auto transfer =
      std::make_unique<CurlTransfer>(std::move(request), std::move(done));
  {
    const std::lock_guard lock(mutex_);
    if (!stopping_) {
      arrivals_.push_back(std::move(transfer));
      curl_multi_wakeup(multi_.get());
      return;
    }
  }
  // The loop is going down and takes nothing more.
  transfer->Fail(Trouble::kConnectionLost);
}

void CurlLoop::Run() {
  BlockSignals();
  while (TakeArrivals()) {
    int running = 0;
    curl_multi_perform(multi_.get(), &running);
    EndFinished();
    curl_multi_poll(multi_.get(), nullptr, 0, EndOverdue(), nullptr);
  }
  EndAll();
}

bool CurlLoop::TakeArrivals() {
  Transfers arrived;
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return false;
    arrived.swap(arrivals_);
  }
  for (auto& transfer : arrived) Begin(std::move(transfer));
  return true;
}

void CurlLoop::Begin(std::unique_ptr<CurlTransfer> transfer) {
  if (const auto trouble = transfer->Prepare(limits_)) {
    return transfer->Fail(*trouble);
  }
  CURL* const handle = transfer->handle();
  if (curl_multi_add_handle(multi_.get(), handle) != CURLM_OK) {
    return transfer->Fail(Trouble::kUnreachable);
  }
  active_.emplace(handle, std::move(transfer));
}

void CurlLoop::EndFinished() {
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    // Releasing the handle takes the message with it.
    const CURLcode code = message->data.result;
    Release(message->easy_handle)->Finish(code);
  }
}

// Ends what is past its deadline, and returns the milliseconds until the next
// deadline.
int CurlLoop::EndOverdue() {
  using std::chrono::milliseconds;
  const auto now = std::chrono::steady_clock::now();
  auto next = now + kLongestPoll;
  std::vector<CURL*> overdue;
  for (const auto& [handle, transfer] : active_) {
    const auto deadline = transfer->Deadline(limits_);
    if (deadline <= now) {
      overdue.push_back(handle);
    } else {
      next = std::min(next, deadline);
    }
  }
  for (CURL* handle : overdue) {
    Release(handle)->Finish(CURLE_OPERATION_TIMEDOUT);
  }
  return static_cast<int>(std::chrono::ceil<milliseconds>(next - now).count());
}

void CurlLoop::EndAll() {
  while (!active_.empty()) {
    Release(active_.begin()->first)->Fail(Trouble::kConnectionLost);
  }
  Transfers arrived;
  {
    const std::lock_guard lock(mutex_);
    arrived.swap(arrivals_);
  }
  for (auto& transfer : arrived) transfer->Fail(Trouble::kConnectionLost);
}

std::unique_ptr<CurlTransfer> CurlLoop::Release(CURL* handle) {
  curl_multi_remove_handle(multi_.get(), handle);
  return std::move(active_.extract(handle).mapped());
}

}  // namespace bursar
