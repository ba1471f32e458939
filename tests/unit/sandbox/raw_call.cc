#include "tests/unit/sandbox/raw_call.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "absl/strings/str_cat.h"

namespace bursar::sandbox {
namespace {

int Connect(int port) {
  const int descriptor = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  connect(descriptor, reinterpret_cast<const sockaddr*>(&address),
          sizeof(address));
  return descriptor;
}

RawReply ReadAll(int descriptor) {
  RawReply reply;
  std::array<char, 4096> buffer;
  while (true) {
    const ssize_t count = recv(descriptor, buffer.data(), buffer.size(), 0);
    if (count > 0) {
      reply.text.append(buffer.data(), static_cast<std::size_t>(count));
      continue;
    }
    if (count < 0) {
      reply.end =
          errno == ECONNRESET ? RawReply::End::kReset : RawReply::End::kSilence;
    }
    return reply;
  }
}

}  // namespace

RawReply RawPost(int port, const std::string& path, const std::string& form,
                 absl::Duration patience) {
  const int descriptor = Connect(port);
  const timeval limit = absl::ToTimeval(patience);
  setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
  const std::string request = absl::StrCat(
      "POST ", path, " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n",
      "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ",
      form.size(), "\r\n\r\n", form);
  send(descriptor, request.data(), request.size(), MSG_NOSIGNAL);
  RawReply reply = ReadAll(descriptor);
  close(descriptor);
  return reply;
}

}  // namespace bursar::sandbox
