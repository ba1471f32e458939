// What a caller shows the broker, good or bad. Plain data and one function;
// thread-safe.

#ifndef BURSAR_TESTS_JOURNEY_HARNESS_CREDENTIALS_H_
#define BURSAR_TESTS_JOURNEY_HARNESS_CREDENTIALS_H_

#include <grpcpp/channel.h>

#include <memory>
#include <string>

namespace bursar::journey {

struct Credentials {
  /// As gRPC names it.
  std::string target = {};
  /// PEM file of whom to trust as the broker; empty: no TLS.
  std::string ca_file = {};
  /// PEM files of the caller's own; empty: none.
  std::string certificate_file = {};
  std::string key_file = {};
  /// What stands after "Bearer "; empty: nothing. Over TLS alone.
  std::string bearer = {};
};

/// A channel with connections of its own, whatever other channels have. The
/// broker's certificate must be for localhost.
std::shared_ptr<grpc::Channel> Connect(const Credentials& credentials);

}  // namespace bursar::journey

#endif  // BURSAR_TESTS_JOURNEY_HARNESS_CREDENTIALS_H_
