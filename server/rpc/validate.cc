#include "server/rpc/validate.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "server/core/reason.h"

namespace bursar {
namespace {

constexpr int kMaxScopes = 100;
constexpr std::size_t kMaxScopeSize = 256;
constexpr std::size_t kMaxUserSize = 256;
// A SPIFFE id's longest.
constexpr std::size_t kMaxCallerSize = 2048;
constexpr std::size_t kMaxClientNameSize = 63;
constexpr std::size_t kMaxDataCenterSize = 64;
constexpr std::size_t kMaxIdSize = 128;
constexpr std::size_t kMaxRedirectUriSize = 2048;
constexpr int kMaxPageSize = 1000;
constexpr int kDefaultPageSize = 100;
constexpr absl::Duration kMaxMinTtl = absl::Hours(24);
constexpr absl::Duration kDefaultMinTtl = absl::Minutes(1);
constexpr int32_t kNanosPerSecond = 1'000'000'000;

absl::Status CheckSize(absl::string_view field, const std::string& value,
                       std::size_t limit) {
  if (value.empty()) return FieldInvalid(field, "is required");
  if (value.size() > limit) {
    return FieldInvalid(field,
                        absl::StrCat("must be at most ", limit, " bytes long"));
  }
  return absl::OkStatus();
}

// The C0 and C1 controls and DEL; the text is UTF-8, where C1 is two bytes.
bool HasControl(absl::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x20 || byte == 0x7f) return true;
    if (byte == 0xc2 && i + 1 < text.size() &&
        static_cast<unsigned char>(text[i + 1]) < 0xa0) {
      return true;
    }
  }
  return false;
}

// %x21 / %x23-5B / %x5D-7E, and no comma.
bool IsScopeCharacter(char c) {
  return absl::ascii_isgraph(static_cast<unsigned char>(c)) && c != '"' &&
         c != '\\' && c != ',';
}

bool IsNameCharacter(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return absl::ascii_islower(byte) || absl::ascii_isdigit(byte) || c == '-';
}

bool IsGraphic(char c) {
  return absl::ascii_isgraph(static_cast<unsigned char>(c));
}

bool IsPrintable(char c) {
  return absl::ascii_isprint(static_cast<unsigned char>(c));
}

// What follows "https://" or "http://"; empty if neither is there.
absl::string_view AfterHttpScheme(absl::string_view uri) {
  for (const absl::string_view scheme : {"https://", "http://"}) {
    if (absl::StartsWithIgnoreCase(uri, scheme)) {
      return uri.substr(scheme.size());
    }
  }
  return "";
}

bool All(absl::string_view text, bool (*is)(char)) {
  return std::all_of(text.begin(), text.end(), is);
}

// An id that the broker made.
template <typename MadeId>
absl::StatusOr<MadeId> ReadId(absl::string_view field,
                              absl::string_view otherwise, std::string& value) {
  absl::Status size = CheckSize(field, value, kMaxIdSize);
  if (!size.ok()) return size;
  if (!All(value, IsGraphic)) return FieldInvalid(field, otherwise);
  return MadeId(std::move(value));
}

}  // namespace

absl::StatusOr<UserId> ReadUser(absl::string_view field, std::string& value) {
  absl::Status size = CheckSize(field, value, kMaxUserSize);
  if (!size.ok()) return size;
  if (HasControl(value)) {
    return FieldInvalid(field, "must not contain control characters");
  }
  return UserId(std::move(value));
}

absl::StatusOr<Actor> ReadCaller(absl::string_view field, std::string& value) {
  absl::Status size = CheckSize(field, value, kMaxCallerSize);
  if (!size.ok()) return size;
  if (HasControl(value)) {
    return FieldInvalid(field, "must not contain control characters");
  }
  return Actor(std::move(value));
}

absl::StatusOr<ClientName> ReadClientName(absl::string_view field,
                                          std::string& value) {
  absl::Status size = CheckSize(field, value, kMaxClientNameSize);
  if (!size.ok()) return size;
  if (!absl::ascii_islower(static_cast<unsigned char>(value[0])) ||
      !All(value, IsNameCharacter)) {
    return FieldInvalid(field,
                        "must be lower-case letters, digits and hyphens, "
                        "beginning with a letter");
  }
  return ClientName(std::move(value));
}

absl::StatusOr<DataCenter> ReadDataCenter(absl::string_view field,
                                          std::string& value) {
  auto name = ReadPrintable(field, value, kMaxDataCenterSize);
  if (!name.ok()) return name.status();
  return DataCenter(*std::move(name));
}

absl::StatusOr<GrantId> ReadGrantId(absl::string_view field,
                                    std::string& value) {
  return ReadId<GrantId>(field, "is not a grant's id", value);
}

absl::StatusOr<DeviceConsentId> ReadDeviceConsentId(absl::string_view field,
                                                    std::string& value) {
  return ReadId<DeviceConsentId>(field, "is not a device consent's id", value);
}

absl::StatusOr<Scopes> ReadScopes(absl::string_view field,
                                  RepeatedText& values) {
  if (values.size() > kMaxScopes) {
    return FieldInvalid(
        field, absl::StrCat("must be at most ", kMaxScopes, " scopes"));
  }
  std::vector<std::string> scopes;
  scopes.reserve(static_cast<std::size_t>(values.size()));
  for (int i = 0; i < values.size(); ++i) {
    std::string& scope = *values.Mutable(i);
    if (scope.empty() || scope.size() > kMaxScopeSize ||
        !All(scope, IsScopeCharacter)) {
      return FieldInvalid(absl::StrCat(field, "[", i, "]"),
                          absl::StrCat("must be 1 to ", kMaxScopeSize,
                                       " visible ASCII characters without "
                                       "comma, quote or backslash"));
    }
    scopes.push_back(std::move(scope));
  }
  return Scopes(std::move(scopes));
}

std::optional<absl::Duration> ReadDuration(
    const google::protobuf::Duration& value) {
  const bool in_form = value.nanos() > -kNanosPerSecond &&
                       value.nanos() < kNanosPerSecond &&
                       (value.seconds() == 0 || value.nanos() == 0 ||
                        (value.seconds() < 0) == (value.nanos() < 0));
  if (!in_form) return std::nullopt;
  return absl::Seconds(value.seconds()) + absl::Nanoseconds(value.nanos());
}

absl::StatusOr<absl::Duration> ReadMinTtl(
    absl::string_view field,
    const std::optional<google::protobuf::Duration>& value) {
  if (!value) return kDefaultMinTtl;
  const std::optional<absl::Duration> ttl = ReadDuration(*value);
  if (!ttl || *ttl < absl::ZeroDuration() || *ttl > kMaxMinTtl) {
    return FieldInvalid(field, "must be a duration of 0 to 24 hours");
  }
  return *ttl;
}

absl::StatusOr<int> ReadPageSize(int32_t value) {
  if (value < 0 || value > kMaxPageSize) {
    return FieldInvalid("page_size",
                        absl::StrCat("must be 0 to ", kMaxPageSize));
  }
  return value == 0 ? kDefaultPageSize : value;
}

absl::StatusOr<Secret> ReadSecret(absl::string_view field, std::string& value,
                                  std::size_t limit) {
  absl::Status size = CheckSize(field, value, limit);
  Secret secret = Secret::Take(std::move(value));
  if (!size.ok()) return size;
  return secret;
}

absl::StatusOr<std::string> ReadPrintable(absl::string_view field,
                                          std::string& value,
                                          std::size_t limit) {
  absl::Status size = CheckSize(field, value, limit);
  if (!size.ok()) return size;
  if (!All(value, IsPrintable)) {
    return FieldInvalid(field, "must be printable ASCII characters");
  }
  return std::move(value);
}

absl::StatusOr<std::string> ReadRedirectUri(absl::string_view field,
                                            std::string& value) {
  absl::Status size = CheckSize(field, value, kMaxRedirectUriSize);
  if (!size.ok()) return size;
  const absl::string_view rest = AfterHttpScheme(value);
  if (rest.empty() || absl::StrContains("/?:", rest.substr(0, 1)) ||
      !All(value, IsGraphic) || absl::StrContains(value, '#')) {
    return FieldInvalid(field,
                        "must be an absolute http or https URI without "
                        "fragment");
  }
  return std::move(value);
}

}  // namespace bursar
