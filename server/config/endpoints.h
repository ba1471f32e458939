// The part of a provider descriptor that says where the provider is called.
// Pure; no locking.

#ifndef BURSAR_SERVER_CONFIG_ENDPOINTS_H_
#define BURSAR_SERVER_CONFIG_ENDPOINTS_H_

#include <string>

#include "server/config/yaml_map.h"
#include "server/core/provider.h"

namespace bursar {

/// `provider` with issuer, discovery and endpoints as `keys` have
/// them. An endpoint is a path or an absolute URL. Where `keys` have
/// data_centers of their own, the issuer and the absolute URLs that `provider`
/// had are gone: they belong to the provider whose data centres were replaced.
Provider ApplyEndpoints(Provider provider, const YamlMap& keys);

/// `provider`; its issuer is its only data centre, main, if it is known by its
/// metadata and has no other.
Provider AtItsIssuer(Provider provider);

/// The endpoint under `key`, or `otherwise`.
Endpoint EndpointOr(const YamlMap& keys, const std::string& key,
                    Endpoint otherwise);

/// Whether it is a URL, not a path.
bool IsAbsolute(const Endpoint& endpoint);

/// `body` or `query` under `key`, or `otherwise`.
ParameterPlace ParameterPlaceOr(const YamlMap& keys, const std::string& key,
                                ParameterPlace otherwise);

/// Notes at `value` unless it is an https URL without user, query and fragment,
/// or an http one of a loopback address.
void CheckEndpointUrl(const YamlReader& value, const std::string& url);

}  // namespace bursar

#endif  // BURSAR_SERVER_CONFIG_ENDPOINTS_H_
