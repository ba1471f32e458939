// What several of these tests start from.

#ifndef BURSAR_TESTS_UNIT_UPSTREAM_SAMPLES_H_
#define BURSAR_TESTS_UNIT_UPSTREAM_SAMPLES_H_

#include <string>
#include <utility>

#include "absl/time/time.h"
#include "server/core/provider.h"
#include "server/core/upstream.h"
#include "server/upstream/transport.h"

namespace bursar {

inline const absl::Time kSent = absl::FromUnixSeconds(1'750'000'000);
inline const absl::Time kNow = kSent + absl::Seconds(2);

/// An RFC 6749 provider without peculiarities.
inline Provider PlainProvider() {
  Provider provider;
  provider.name = ProviderName("plain");
  provider.default_data_center = DataCenter("main");
  provider.data_centers[DataCenter("main")] = {"", "https://as.example"};
  provider.data_centers[DataCenter("eu")] = {"eu", "https://as.example.eu"};
  provider.authorization_endpoint = "/authorize";
  provider.token_endpoint = "/token";
  provider.revocation = RevocationRule{"/revoke"};
  return provider;
}

/// One that answers as Zoho does.
inline Provider ZohoLikeProvider() {
  Provider provider = PlainProvider();
  provider.errors["invalid_code"] = {ErrorClass::kDead, ""};
  provider.errors["invalid_client_secret"] = {ErrorClass::kMisconfigured,
                                              "SECRET"};
  provider.throttle_field = "status";
  provider.throttle_value = "failure";
  provider.throttle_pause = absl::Minutes(5);
  return provider;
}

inline HttpAnswer AnswerOf(int status, const std::string& body,
                           std::string retry_after = "") {
  return {status, std::move(retry_after), Secret::Copy(body)};
}

/// The value of that header; empty if there is none.
inline std::string HeaderOf(const HttpRequest& request,
                            const std::string& name) {
  for (const HttpHeader& header : request.headers) {
    if (header.name == name) return std::string(header.value.Expose());
  }
  return "";
}

inline ClientIdentity SampleClient() {
  ClientIdentity client;
  client.provider = ProviderName("plain");
  client.client_id = "id:1";
  client.client_secret = Secret::Copy("s&cret");
  client.redirect_uri = "https://broker.example/callback";
  return client;
}

}  // namespace bursar

#endif  // BURSAR_TESTS_UNIT_UPSTREAM_SAMPLES_H_
