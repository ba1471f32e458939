#include "server/main/curl_endpoint.h"

#include <fstream>
#include <iterator>
#include <utility>
#include <variant>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace bursar {
namespace {

// A caller waits for it.
UpstreamLimits EndpointLimits(const std::string& ca_file) {
  UpstreamLimits limits;
  limits.connect_timeout = absl::Seconds(3);
  limits.total_timeout = absl::Seconds(10);
  limits.idle_timeout = absl::Seconds(5);
  limits.max_answer_bytes = 256 * 1024;
  limits.max_connections = 64;
  limits.ca_file = ca_file;
  return limits;
}

absl::StatusOr<Secret> Authorization(const std::string& token_file) {
  std::ifstream file(token_file, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  absl::StatusOr<Secret> authorization =
      absl::UnavailableError("the token to ask with cannot be read");
  const absl::string_view token = absl::StripAsciiWhitespace(text);
  if (!token.empty()) {
    authorization = Secret::Take(absl::StrCat("Bearer ", token));
  }
  Wipe(text);
  return authorization;
}

absl::StatusOr<Secret> BodyOf(HttpResult result) {
  auto* answer = std::get_if<HttpAnswer>(&result);
  if (answer == nullptr) {
    return absl::UnavailableError("no answer came from the cluster");
  }
  // A review that is made is 201.
  if (answer->status != 200 && answer->status != 201) {
    return absl::UnavailableError(
        absl::StrCat("the status of the cluster's answer is ", answer->status));
  }
  return std::move(answer->body);
}

}  // namespace

CurlEndpoint::CurlEndpoint(EndpointSettings settings,
                           std::unique_ptr<CurlTransport> transport)
    : settings_(std::move(settings)), transport_(std::move(transport)) {}

absl::StatusOr<std::unique_ptr<CurlEndpoint>> CurlEndpoint::Create(
    EndpointSettings settings) {
  auto transport = CurlTransport::Create(EndpointLimits(settings.ca_file));
  if (!transport.ok()) return transport.status();
  return std::unique_ptr<CurlEndpoint>(
      new CurlEndpoint(std::move(settings), *std::move(transport)));
}

void CurlEndpoint::Get(Done done) {
  Send(HttpMethod::kGet, Secret(), std::move(done));
}

void CurlEndpoint::Post(Secret json, Done done) {
  Send(HttpMethod::kPost, std::move(json), std::move(done));
}

void CurlEndpoint::Send(HttpMethod method, Secret body, Done done) {
  HttpRequest request;
  request.method = method;
  request.url = Secret::Copy(settings_.url);
  request.body = std::move(body);
  // Key sets have a type of their own, and API servers insist on it.
  request.headers.push_back(
      {"Accept", Secret::Copy("application/jwk-set+json, application/json")});
  if (method == HttpMethod::kPost) {
    request.headers.push_back(
        {"Content-Type", Secret::Copy("application/json")});
  }
  if (!settings_.token_file.empty()) {
    absl::StatusOr<Secret> shown = Authorization(settings_.token_file);
    if (!shown.ok()) return done(shown.status());
    request.headers.push_back({"Authorization", *std::move(shown)});
  }
  transport_->Send(std::move(request),
                   [done = std::move(done)](HttpResult result) mutable {
                     done(BodyOf(std::move(result)));
                   });
}

}  // namespace bursar
