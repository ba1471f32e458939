// The words in which personas are written. Plain data; no locking.

#ifndef BURSAR_SANDBOX_PERSONA_TYPES_H_
#define BURSAR_SANDBOX_PERSONA_TYPES_H_

#include <string>
#include <vector>

namespace bursar::sandbox {

/// Where a provider keeps its users' data.
struct DataCenter {
  /// As the redirect's `location` names it.
  std::string location;
  /// The end of the real one's host names, such as ".com".
  std::string domain;
};

/// Somebody who can sign in.
struct TestUser {
  std::string name;  ///< What tokens are made for; shaped like an address.
  std::string display_name;
  std::string location;  ///< The data centre that keeps their data.
};

/// What a user may belong to, and chooses before consenting.
struct Organization {
  std::string id;
  std::string name;
};

/// A resource of the provider's API.
struct ApiResource {
  /// The first part of the path after the API's prefix.
  std::string path;
  /// Any of these opens it: a scope without its operation, which the call's
  /// method says, or a whole one where scopes have no operations. None: every
  /// token does.
  std::vector<std::string> scopes;
  /// The name of what it holds.
  std::string example;
};

/// Where an HTTP server of the provider answers.
struct EndpointPaths {
  std::string authorization = "/oauth/v2/auth";
  std::string token = "/oauth/v2/token";
  /// By the token's value alone, and by the authenticated client it was given
  /// to; empty: there is no such endpoint.
  std::string revocation_by_value = "/oauth/v2/token/revoke";
  std::string revocation_by_client = "/oauth/v2/revoke/token";
  /// Of the resource API; ends in a slash.
  std::string api = "/api/v2/";
  /// Where a device code is asked for and redeemed, and where users enter what
  /// their device shows. Redeeming may be the token endpoint's work.
  std::string device_code = "/oauth/v3/device/code";
  std::string device_token = "/oauth/v3/device/token";
  std::string device_entry = "/oauth/v3/device";
  /// Revocations of other shapes; empty: there is none. DELETE by a Basic
  /// client, with `access_token` in a JSON object: ends all that its user gave
  /// the client. The path is this, the client's id and "/grant".
  std::string revocation_of_grants = "";
  /// DELETE of a refresh token, which follows the path; access tokens live on.
  std::string revocation_in_path = "";
  /// POST with the access token to end as the credential.
  std::string revocation_by_bearer = "";
};

/// How the device flow is spoken. These are Zoho's words, older than RFC 8628.
struct DeviceWords {
  /// The grant_type of the request for a device code; empty: it has none.
  std::string request_type = "device_request";
  std::string grant_type = "device_token";
  std::string verification_uri_field = "verification_url";
  std::string declined_error = "access_denied";
  std::string expired_error = "expired";
  /// Whether access is offline whatever the request says; where a scope asks
  /// for it, that decides.
  bool always_offline = false;
};

/// The text of a JSON object.
struct JsonObject {
  std::string text = "{}";
};

/// Whether access is offline where the request is silent about it. Mandatory:
/// it must say. Always: whatever it says.
enum class AccessTypeRule { kOnline, kOffline, kMandatory, kAlways };
/// None: `expires_in` is left out.
enum class ExpiryUnit { kSeconds, kMilliseconds, kNone };
enum class OnCap { kEvict, kDeny };
enum class CountedBy { kUser, kClient, kUserAndClient };
/// RFC 6749 section 2.3.1: HTTP Basic, client_id and client_secret, or either.
enum class ClientAuthentication { kAny, kBasic, kParameters };
/// Where a call's parameters are looked for.
enum class ParameterPlace { kAnywhere, kBody, kQuery };

}  // namespace bursar::sandbox

#endif  // BURSAR_SANDBOX_PERSONA_TYPES_H_
