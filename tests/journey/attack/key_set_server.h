// A cluster's key set at an HTTPS address of this machine. Owns a server and
// its threads. Thread-safe.

#ifndef BURSAR_TESTS_JOURNEY_ATTACK_KEY_SET_SERVER_H_
#define BURSAR_TESTS_JOURNEY_ATTACK_KEY_SET_SERVER_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>

#include "tests/fakes/certificate_files.h"

namespace httplib {
class SSLServer;
}  // namespace httplib

namespace bursar::journey {

class KeySetServer {
 public:
  /// Serves `key_set` with a certificate for localhost.
  KeySetServer(const CertificateFiles& certificate, std::string key_set);
  ~KeySetServer();

  const std::string& url() const { return url_; }

  /// How often it was asked.
  int64_t calls() const { return calls_; }

 private:
  std::atomic<int64_t> calls_{0};
  const std::unique_ptr<httplib::SSLServer> server_;
  std::string url_;
  std::thread thread_;
};

}  // namespace bursar::journey

#endif  // BURSAR_TESTS_JOURNEY_ATTACK_KEY_SET_SERVER_H_
