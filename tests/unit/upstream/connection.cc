#include "tests/unit/upstream/connection.h"

#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace bursar {
namespace {

// How long the head of a request is that `text` begins with; 0 if that cannot
// be told yet.
std::size_t LengthOfHead(absl::string_view text) {
  const std::size_t end = text.find("\r\n\r\n");
  return end == absl::string_view::npos ? 0 : end + 4;
}

// The same with the body.
std::size_t LengthOfAll(absl::string_view text) {
  const std::size_t head = LengthOfHead(text);
  const std::string lower = absl::AsciiStrToLower(text.substr(0, head));
  const std::string name = "\r\ncontent-length:";
  const std::size_t field = lower.find(name);
  if (field == std::string::npos) return head;
  const std::size_t value = field + name.size();
  std::size_t body = 0;
  if (!absl::SimpleAtoi(lower.substr(value, lower.find('\r', value) - value),
                        &body)) {
    return 0;
  }
  return head + body;
}

}  // namespace

Connection::Connection(int socket) : socket_(socket) {
  const timeval bound = {10, 0};
  setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &bound, sizeof(bound));
  setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &bound, sizeof(bound));
}

Connection::Connection(Connection&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)), tls_(std::move(other.tls_)) {}

Connection::~Connection() {
  if (socket_ >= 0) close(socket_);
}

bool Connection::Handshake(SSL_CTX* context) {
  // OpenSSL writes without MSG_NOSIGNAL.
  std::signal(SIGPIPE, SIG_IGN);
  tls_.reset(SSL_new(context));
  SSL_set_fd(tls_.get(), socket_);
  return SSL_accept(tls_.get()) == 1;
}

std::ptrdiff_t Connection::ReadSome(char* into, std::size_t size) {
  if (tls_) return SSL_read(tls_.get(), into, static_cast<int>(size));
  return recv(socket_, into, size, 0);
}

std::string Connection::ReadUntil(std::size_t (*length_of)(absl::string_view)) {
  std::string text;
  std::array<char, 4096> some;
  while (length_of(text) == 0 || text.size() < length_of(text)) {
    const std::ptrdiff_t count = ReadSome(some.data(), some.size());
    if (count <= 0) return "";
    text.append(some.data(), static_cast<std::size_t>(count));
  }
  return text;
}

std::string Connection::ReadHead() { return ReadUntil(&LengthOfHead); }

std::string Connection::ReadRequest() { return ReadUntil(&LengthOfAll); }

std::size_t Connection::Write(absl::string_view bytes) {
  std::size_t written = 0;
  while (written < bytes.size()) {
    const char* from = bytes.data() + written;
    const std::size_t left = bytes.size() - written;
    const std::ptrdiff_t count =
        tls_ ? SSL_write(tls_.get(), from, static_cast<int>(left))
             : send(socket_, from, left, MSG_NOSIGNAL);
    if (count <= 0) break;
    written += static_cast<std::size_t>(count);
  }
  return written;
}

void Connection::Answer(absl::string_view status, absl::string_view body,
                        absl::string_view headers) {
  Write(absl::StrCat("HTTP/1.1 ", status, "\r\nContent-Length: ", body.size(),
                     "\r\n", headers, "\r\n", body));
}

void Connection::Reset() {
  const linger now = {1, 0};
  setsockopt(socket_, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
  close(std::exchange(socket_, -1));
}

}  // namespace bursar
