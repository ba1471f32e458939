// An HttpsEndpoint over libcurl, with a transport of its own, for a cluster has
// its own CA. Thread-safe.

#ifndef BURSAR_SERVER_MAIN_CURL_ENDPOINT_H_
#define BURSAR_SERVER_MAIN_CURL_ENDPOINT_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "server/identity/https_endpoint.h"
#include "server/upstream/curl_transport.h"
#include "server/upstream/transport.h"

namespace bursar {

struct EndpointSettings {
  std::string url;
  /// PEM file of the CAs to trust; empty: the system's.
  std::string ca_file;
  /// A file with the bearer token to show, read anew for each request, for it
  /// is replaced while this runs; empty: none.
  std::string token_file;
};

class CurlEndpoint final : public HttpsEndpoint {
 public:
  /// INTERNAL if libcurl does not come up.
  static absl::StatusOr<std::unique_ptr<CurlEndpoint>> Create(
      EndpointSettings settings);

  // Once it goes, all that was asked has been told.

  void Get(Done done) override;
  void Post(Secret json, Done done) override;

 private:
  CurlEndpoint(EndpointSettings settings,
               std::unique_ptr<CurlTransport> transport);

  void Send(HttpMethod method, Secret body, Done done);

  const EndpointSettings settings_;
  const std::unique_ptr<CurlTransport> transport_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_MAIN_CURL_ENDPOINT_H_
