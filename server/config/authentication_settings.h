// What the section `authentication` says: which bearer credentials callers may
// show. Plain data.

#ifndef BURSAR_SERVER_CONFIG_AUTHENTICATION_SETTINGS_H_
#define BURSAR_SERVER_CONFIG_AUTHENTICATION_SETTINGS_H_

#include <string>
#include <vector>

#include "absl/time/time.h"

namespace bursar {

/// A cluster whose service accounts may call.
struct KubernetesIssuer {
  /// Part of its callers' identities: "kubernetes:NAME/NAMESPACE/ACCOUNT".
  std::string name;
  /// What its tokens carry as `iss`, and must carry in `aud`.
  std::string issuer;
  std::string audience;
  /// Where its keys are published; or else empty.
  std::string jwks_url;
  /// Where it judges tokens itself; or else empty.
  std::string token_review_url;
  /// How long what it says of a token stands.
  absl::Duration review_lifetime = absl::Minutes(1);
  /// PEM file of the CAs to trust at that URL; empty: the system's.
  std::string ca_file;
  /// A file with the token to show there; empty: none.
  std::string token_file;
};

struct AuthenticationSettings {
  bool api_keys = false;
  std::vector<KubernetesIssuer> kubernetes;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_CONFIG_AUTHENTICATION_SETTINGS_H_
