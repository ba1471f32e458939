// The rules for single fields, as the comments in proto/bursar/v1 state them.
// Each takes the field's path, for the refusal (kFieldInvalid), and the value,
// which it may take over. That text is UTF-8 was seen when the request was
// read. Pure; no locking.

#ifndef BURSAR_SERVER_RPC_VALIDATE_H_
#define BURSAR_SERVER_RPC_VALIDATE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/protobuf/duration.pb.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "server/base/secret.h"
#include "server/core/token_source.h"
#include "server/core/types.h"

namespace bursar {

using RepeatedText = google::protobuf::RepeatedPtrField<std::string>;

/// 1 to 256 bytes without control characters.
absl::StatusOr<UserId> ReadUser(absl::string_view field, std::string& value);

/// Whom events name as their actor: 1 to 2048 bytes without control characters.
absl::StatusOr<Actor> ReadCaller(absl::string_view field, std::string& value);

/// 1 to 63 lower-case letters, digits and hyphens, beginning with a letter.
absl::StatusOr<ClientName> ReadClientName(absl::string_view field,
                                          std::string& value);

/// The name of a provider's data centre: 1 to 64 printable characters.
absl::StatusOr<DataCenter> ReadDataCenter(absl::string_view field,
                                          std::string& value);

/// A grant's id: 1 to 128 printable ASCII characters.
absl::StatusOr<GrantId> ReadGrantId(absl::string_view field,
                                    std::string& value);

/// A device consent's id: 1 to 128 printable ASCII characters.
absl::StatusOr<DeviceConsentId> ReadDeviceConsentId(absl::string_view field,
                                                    std::string& value);

/// At most 100, each 1 to 256 characters of RFC 6749 section 3.3, commas
/// excepted: some providers separate scopes by them.
absl::StatusOr<Scopes> ReadScopes(absl::string_view field,
                                  RepeatedText& values);

/// Nothing for what is not in the form that duration.proto states: seconds and
/// nanos of different signs, or nanos that are more than a second.
std::optional<absl::Duration> ReadDuration(
    const google::protobuf::Duration& value);

/// 0 to 24 hours; a minute if absent.
absl::StatusOr<absl::Duration> ReadMinTtl(
    absl::string_view field,
    const std::optional<google::protobuf::Duration>& value);

/// 0 to 1000; 100 if 0.
absl::StatusOr<int> ReadPageSize(int32_t value);

/// 1 to `limit` bytes. `value` is wiped.
absl::StatusOr<Secret> ReadSecret(absl::string_view field, std::string& value,
                                  std::size_t limit);

/// 1 to `limit` printable ASCII characters, blanks among them.
absl::StatusOr<std::string> ReadPrintable(absl::string_view field,
                                          std::string& value,
                                          std::size_t limit);

/// An absolute http or https URI without fragment (RFC 6749 section 3.1.2), at
/// most 2048 characters.
absl::StatusOr<std::string> ReadRedirectUri(absl::string_view field,
                                            std::string& value);

/// The fields `user`, `client` and `scopes` of a request that has them.
template <typename Request>
absl::StatusOr<TokenKey> ReadTokenKey(Request& request) {
  auto user = ReadUser("user", *request.mutable_user());
  if (!user.ok()) return user.status();
  auto client = ReadClientName("client", *request.mutable_client());
  if (!client.ok()) return client.status();
  auto scopes = ReadScopes("scopes", *request.mutable_scopes());
  if (!scopes.ok()) return scopes.status();
  return TokenKey{*std::move(user), *std::move(client), *std::move(scopes)};
}

/// Like `read`, for a field that may be left out: nothing for an empty value.
template <typename T>
absl::StatusOr<std::optional<T>> IfGiven(
    absl::StatusOr<T> (*read)(absl::string_view, std::string&),
    absl::string_view field, std::string& value) {
  if (value.empty()) return std::optional<T>();
  absl::StatusOr<T> result = read(field, value);
  if (!result.ok()) return result.status();
  return std::optional<T>(*std::move(result));
}

}  // namespace bursar

#endif  // BURSAR_SERVER_RPC_VALIDATE_H_
