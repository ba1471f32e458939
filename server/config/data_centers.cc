#include "server/config/data_centers.h"

#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "server/config/endpoints.h"

namespace bursar {
namespace {

DataCenterEndpoints ReadDataCenter(const YamlReader& value) {
  const YamlMap keys = value.Map();
  DataCenterEndpoints endpoints;
  endpoints.location = keys.TextOr("location", "");
  const std::optional<YamlReader> server = keys.Require("accounts_server");
  if (!server) return endpoints;
  endpoints.accounts_server = server->Text().value_or("");
  if (endpoints.accounts_server.empty()) return endpoints;
  CheckEndpointUrl(*server, endpoints.accounts_server);
  if (absl::EndsWith(endpoints.accounts_server, "/")) {
    server->Fail("must not end with a slash");
  }
  return endpoints;
}

std::map<DataCenter, DataCenterEndpoints> ReadDataCenters(
    const YamlReader& value) {
  std::map<DataCenter, DataCenterEndpoints> data_centers;
  std::set<std::string> servers;
  std::set<std::string> locations;
  const YamlMap keys = value.Map();
  for (const auto& [name, entry] : keys.Entries()) {
    DataCenterEndpoints endpoints = ReadDataCenter(entry);
    // What a redirect says must point to one of them.
    if (!endpoints.accounts_server.empty() &&
        !servers.insert(endpoints.accounts_server).second) {
      entry.Fail("has the accounts_server of another data centre");
    }
    if (!endpoints.location.empty() &&
        !locations.insert(endpoints.location).second) {
      entry.Fail("has the location of another data centre");
    }
    data_centers.emplace(name, std::move(endpoints));
  }
  return data_centers;
}

}  // namespace

Provider ApplyDataCenters(Provider provider, const YamlMap& keys) {
  if (const auto value = keys.Find("data_centers")) {
    provider.data_centers = ReadDataCenters(*value);
    // A single one is the default, whatever the replaced list had.
    if (provider.data_centers.size() == 1) {
      provider.default_data_center = provider.data_centers.begin()->first;
    }
  }
  provider.default_data_center = DataCenter(
      keys.TextOr("default_data_center", provider.default_data_center.value()));
  return provider;
}

}  // namespace bursar
