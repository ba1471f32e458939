// A request to a provider in the making. Not thread-safe.

#ifndef BURSAR_SERVER_UPSTREAM_REQUEST_DRAFT_H_
#define BURSAR_SERVER_UPSTREAM_REQUEST_DRAFT_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "server/base/secret.h"
#include "server/core/provider.h"
#include "server/core/upstream.h"
#include "server/upstream/form.h"
#include "server/upstream/transport.h"

namespace bursar {

/// Its parameters may go to two places.
struct RequestDraft {
  Form query;
  Form body;
  /// The body instead of the form, if it is not empty.
  Secret json;
  std::vector<HttpHeader> headers;

  Form& At(ParameterPlace place) {
    return place == ParameterPlace::kQuery ? query : body;
  }
};

/// Proves who the client is (RFC 6749 section 2.3.1). One without a secret only
/// says so, among the other parameters (section 3.2.1).
void Authenticate(ClientAuthentication means, const ClientIdentity& client,
                  ParameterPlace parameters, RequestDraft& draft);

/// A POST of the draft to `endpoint`, as EndpointUrl has it.
HttpRequest Finish(const DataCenterEndpoints& data_center,
                   absl::string_view endpoint, RequestDraft& draft);

}  // namespace bursar

#endif  // BURSAR_SERVER_UPSTREAM_REQUEST_DRAFT_H_
