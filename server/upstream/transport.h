// The room's inner seam: one HTTP exchange. What is said over it is decided
// above (token_request.h, token_response.h); how it gets there, below
// (curl_transport.h). Thread-safe.

#ifndef BURSAR_SERVER_UPSTREAM_TRANSPORT_H_
#define BURSAR_SERVER_UPSTREAM_TRANSPORT_H_

#include <string>
#include <variant>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "server/base/secret.h"
#include "server/core/upstream.h"

namespace bursar {

enum class HttpMethod { kGet, kPost, kDelete };

/// `value` may hold credentials.
struct HttpHeader {
  std::string name;
  Secret value;
};

struct HttpRequest {
  HttpMethod method = HttpMethod::kPost;
  /// Secret because some providers take credentials in the query.
  Secret url;
  std::vector<HttpHeader> headers;
  /// Not sent with kGet.
  Secret body;
};

/// A whole answer, whatever its status; a redirect is one too.
struct HttpAnswer {
  int status = 0;
  /// The header's value; empty without one.
  std::string retry_after;
  Secret body;
};

/// No whole answer came.
struct HttpFailure {
  Trouble trouble = Trouble::kUnreachable;
  /// Whether any of the request may have reached the server.
  bool sent = false;
};

using HttpResult = std::variant<HttpAnswer, HttpFailure>;

class Transport {
 public:
  /// Told once, on the transport's own thread, which must not be kept waiting.
  using Done = absl::AnyInvocable<void(HttpResult)>;

  virtual ~Transport() = default;

  /// Sends `request` at most once: an implementation never repeats a request
  /// that may have reached the server, because what it carries may be good for
  /// one use.
  virtual void Send(HttpRequest request, Done done) = 0;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_UPSTREAM_TRANSPORT_H_
