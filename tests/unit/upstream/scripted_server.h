// A server without threads: the test accepts each connection and plays the
// server on it, step by step. Not thread-safe.

#ifndef BURSAR_TESTS_UNIT_UPSTREAM_SCRIPTED_SERVER_H_
#define BURSAR_TESTS_UNIT_UPSTREAM_SCRIPTED_SERVER_H_

#include <string>

#include "absl/strings/string_view.h"
#include "tests/unit/upstream/connection.h"

namespace bursar {

class ScriptedServer {
 public:
  /// Listens on a free port of 127.0.0.1.
  ScriptedServer();
  ScriptedServer(const ScriptedServer&) = delete;
  ScriptedServer& operator=(const ScriptedServer&) = delete;
  ~ScriptedServer();

  /// `scheme://host:port/path`.
  std::string Url(absl::string_view scheme = "http",
                  absl::string_view host = "127.0.0.1") const;

  /// Whether a connection waits to be accepted.
  bool HasCaller() const;

  /// The next connection. Ends the test program if none comes.
  Connection Accept();

 private:
  int socket_;
  int port_;
};

}  // namespace bursar

#endif  // BURSAR_TESTS_UNIT_UPSTREAM_SCRIPTED_SERVER_H_
