#include "server/upstream/request_draft.h"

#include <string>
#include <utility>

#include "absl/strings/escaping.h"
#include "server/upstream/secret_builder.h"

namespace bursar {
namespace {

// RFC 6749 section 2.3.1: identifier and secret are form-encoded first, so that
// a colon in one of them is not taken for the one between them.
Secret BasicCredentials(absl::string_view id, absl::string_view secret) {
  SecretBuilder pair;
  AppendPercentEncoded(id, pair);
  pair.Append(":");
  AppendPercentEncoded(secret, pair);
  std::string encoded = absl::Base64Escape(pair.text());
  SecretBuilder value;
  value.Append("Basic ");
  value.Append(encoded);
  Wipe(encoded);
  return value.Build();
}

}  // namespace

void Authenticate(ClientAuthentication means, const ClientIdentity& client,
                  ParameterPlace parameters, RequestDraft& draft) {
  if (means == ClientAuthentication::kNone) return;
  if (!client.client_secret) {
    draft.At(parameters).Add("client_id", client.client_id);
    return;
  }
  const absl::string_view secret = client.client_secret->Expose();
  if (means == ClientAuthentication::kBasic) {
    draft.headers.push_back(
        {"Authorization", BasicCredentials(client.client_id, secret)});
    return;
  }
  Form& form =
      draft.At(means == ClientAuthentication::kQuery ? ParameterPlace::kQuery
                                                     : ParameterPlace::kBody);
  form.Add("client_id", client.client_id);
  form.Add("client_secret", secret);
}

HttpRequest Finish(const DataCenterEndpoints& data_center,
                   absl::string_view endpoint, RequestDraft& draft) {
  const bool is_json = !draft.json.empty();
  HttpRequest request;
  request.method = HttpMethod::kPost;
  request.url = EndpointUrl(data_center.accounts_server, endpoint, draft.query);
  request.headers = std::move(draft.headers);
  request.headers.push_back(
      {"Content-Type",
       Secret::Copy(is_json ? "application/json"
                            : "application/x-www-form-urlencoded")});
  // Some providers answer in another format unless asked for this one.
  request.headers.push_back({"Accept", Secret::Copy("application/json")});
  request.body = is_json ? std::move(draft.json) : draft.body.Build();
  return request;
}

}  // namespace bursar
