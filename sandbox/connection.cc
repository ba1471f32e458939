#include "sandbox/connection.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

namespace bursar::sandbox {
namespace {

constexpr absl::Duration kIoLimit = absl::Seconds(10);

thread_local Connection* current = nullptr;

struct Place {
  std::string ip;
  int port = 0;
};

using NameCall = int (*)(int, sockaddr*, socklen_t*);

Place PlaceOf(int descriptor, NameCall name) {
  sockaddr_storage address{};
  socklen_t size = sizeof(address);
  if (name(descriptor, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    return {};
  }
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (address.ss_family == AF_INET) {
    const auto* v4 = reinterpret_cast<const sockaddr_in*>(&address);
    inet_ntop(AF_INET, &v4->sin_addr, text.data(), text.size());
    return {text.data(), ntohs(v4->sin_port)};
  }
  const auto* v6 = reinterpret_cast<const sockaddr_in6*>(&address);
  inet_ntop(AF_INET6, &v6->sin6_addr, text.data(), text.size());
  return {text.data(), ntohs(v6->sin6_port)};
}

}  // namespace

Connection::Connection(int descriptor, const StopSignal& stop)
    : descriptor_(descriptor), stop_(stop) {
  const int on = 1;
  setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
  current = this;
}

Connection::~Connection() {
  if (ending_ == Ending::kReset) {
    const linger at_once{1, 0};
    setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
  } else {
    if (ssl_ != nullptr && ending_ == Ending::kOpen) SSL_shutdown(ssl_.get());
    shutdown(descriptor_, SHUT_RDWR);
  }
  close(descriptor_);
  current = nullptr;
}

Connection& Connection::Current() { return *current; }

bool Connection::StartTls(SSL_CTX* context) {
  ssl_.reset(SSL_new(context));
  if (ssl_ == nullptr || SSL_set_fd(ssl_.get(), descriptor_) != 1) return false;
  return SSL_accept(ssl_.get()) == 1;
}

bool Connection::WaitForRequest(absl::Duration limit) {
  return Buffered() || stop_.WaitFor(descriptor_, POLLIN, limit) ==
                           StopSignal::Wakening::kReady;
}

void Connection::Reset() { ending_ = Ending::kReset; }
void Connection::Drop() { ending_ = Ending::kDropped; }

void Connection::WaitUntilPeerLeaves(absl::Duration limit) {
  stop_.WaitFor(descriptor_, POLLRDHUP, limit);
}

bool Connection::Buffered() const {
  return begin_ < end_ || (ssl_ != nullptr && SSL_pending(ssl_.get()) > 0);
}

bool Connection::WaitForMore() const {
  return (ssl_ != nullptr && SSL_pending(ssl_.get()) > 0) ||
         stop_.WaitFor(descriptor_, POLLIN, kIoLimit) ==
             StopSignal::Wakening::kReady;
}

bool Connection::is_readable() const { return begin_ < end_ || WaitForMore(); }

bool Connection::is_writable() const {
  return ending_ == Ending::kOpen &&
         stop_.WaitFor(descriptor_, POLLOUT, kIoLimit) ==
             StopSignal::Wakening::kReady;
}

// Into the buffer, behind what it holds; it has room.
ssize_t Connection::Receive() {
  if (!WaitForMore()) return -1;
  char* const room = buffer_.data() + end_;
  const std::size_t size = buffer_.size() - end_;
  const ssize_t count = ssl_ != nullptr
                            ? SSL_read(ssl_.get(), room, static_cast<int>(size))
                            : recv(descriptor_, room, size, 0);
  if (count > 0) end_ += static_cast<std::size_t>(count);
  return count;
}

absl::string_view Connection::PeekHead() {
  std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
  end_ -= begin_;
  begin_ = 0;
  while (true) {
    const absl::string_view held(buffer_.data(), end_);
    const auto end = held.find("\r\n\r\n");
    if (end != absl::string_view::npos) return held.substr(0, end);
    if (end_ == buffer_.size() || Receive() <= 0) return held;
  }
}

ssize_t Connection::read(char* data, std::size_t size) {
  if (begin_ == end_) {
    begin_ = end_ = 0;
    const ssize_t count = Receive();
    if (count <= 0) return count;
  }
  const std::size_t count = std::min(size, end_ - begin_);
  std::memcpy(data, buffer_.data() + begin_, count);
  begin_ += count;
  return static_cast<ssize_t>(count);
}

ssize_t Connection::write(const char* data, std::size_t size) {
  if (!is_writable()) return -1;
  if (ssl_ != nullptr) {
    return SSL_write(ssl_.get(), data,
                     static_cast<int>(std::min<std::size_t>(size, 1 << 20)));
  }
  return send(descriptor_, data, size, MSG_NOSIGNAL);
}

void Connection::get_remote_ip_and_port(std::string& ip, int& port) const {
  const Place place = PlaceOf(descriptor_, getpeername);
  ip = place.ip;
  port = place.port;
}

void Connection::get_local_ip_and_port(std::string& ip, int& port) const {
  const Place place = PlaceOf(descriptor_, getsockname);
  ip = place.ip;
  port = place.port;
}

}  // namespace bursar::sandbox
