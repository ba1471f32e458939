#include "tests/unit/upstream/scripted_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>

#include "absl/strings/str_cat.h"

namespace bursar {
namespace {

void Require(bool condition, const char* what) {
  if (condition) return;
  std::cerr << "scripted server: " << what << "\n";
  std::abort();
}

bool Readable(int socket, int milliseconds) {
  pollfd one = {socket, POLLIN, 0};
  return poll(&one, 1, milliseconds) == 1;
}

}  // namespace

ScriptedServer::ScriptedServer()
    : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  auto* any = reinterpret_cast<sockaddr*>(&address);
  socklen_t size = sizeof(address);
  Require(bind(socket_, any, size) == 0, "cannot bind");
  Require(listen(socket_, 4096) == 0, "cannot listen");
  Require(getsockname(socket_, any, &size) == 0, "has no name");
  port_ = ntohs(address.sin_port);
}

ScriptedServer::~ScriptedServer() { close(socket_); }

std::string ScriptedServer::Url(absl::string_view scheme,
                                absl::string_view host) const {
  return absl::StrCat(scheme, "://", host, ":", port_, "/token");
}

bool ScriptedServer::HasCaller() const { return Readable(socket_, 0); }

Connection ScriptedServer::Accept() {
  Require(Readable(socket_, 10'000), "nobody calls");
  const int accepted = accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC);
  Require(accepted >= 0, "cannot accept");
  return Connection(accepted);
}

}  // namespace bursar
