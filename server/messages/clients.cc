#include "server/messages/clients.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "server/messages/times.h"

namespace bursar {
namespace {

v1::Client::ResponseType ToWire(ResponseType type) {
  switch (type) {
    case ResponseType::kCode:
      return v1::Client::CODE;
    case ResponseType::kToken:
      return v1::Client::TOKEN;
  }
  return v1::Client::RESPONSE_TYPE_UNSPECIFIED;
}

}  // namespace

v1::Client ToProto(const Client& client) {
  v1::Client proto;
  proto.set_name(client.name.value());
  proto.set_provider(client.provider.value());
  proto.set_client_id(client.client_id);
  proto.set_data_center(client.data_center.value());
  proto.set_redirect_uri(client.redirect_uri);
  for (const std::string& scope : client.default_scopes.names()) {
    proto.add_default_scopes(scope);
  }
  proto.set_response_type(ToWire(client.response_type));
  proto.set_has_secret(client.has_secret);
  *proto.mutable_create_time() = ToProto(client.created);
  *proto.mutable_update_time() = ToProto(client.updated);
  proto.set_etag(EtagOf(client.revision));
  for (const DataCenter& data_center : client.secret_data_centers) {
    proto.add_secret_data_centers(data_center.value());
  }
  const auto last =
      std::max_element(client.misconfigured.begin(), client.misconfigured.end(),
                       [](const auto& a, const auto& b) {
                         return a.second.seen < b.second.seen;
                       });
  if (last != client.misconfigured.end()) {
    *proto.mutable_misconfigured_time() = ToProto(last->second.seen);
    proto.set_misconfigured_error(last->second.error);
    proto.set_misconfigured_data_center(last->first.value());
  }
  return proto;
}

std::string EtagOf(int64_t revision) { return absl::StrCat("r", revision); }

}  // namespace bursar
