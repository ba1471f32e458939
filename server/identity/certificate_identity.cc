#include "server/identity/certificate_identity.h"

#include <openssl/err.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "server/identity/spiffe_id.h"

namespace bursar {
namespace {

constexpr std::size_t kMaxHostName = 253;
constexpr std::size_t kMaxHostLabel = 63;

// The alternative names that can name a caller; others, such as addresses,
// say nothing of who it is.
struct Names {
  std::vector<absl::string_view> uris;
  std::vector<absl::string_view> hosts;
};

absl::string_view TextOf(const ASN1_IA5STRING& text) {
  return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(&text)),
          static_cast<std::size_t>(ASN1_STRING_length(&text))};
}

Names NamesIn(const GENERAL_NAMES& all) {
  Names names;
  for (int i = 0; i < sk_GENERAL_NAME_num(&all); ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(&all, i);
    if (name->type == GEN_URI) {
      names.uris.push_back(TextOf(*name->d.uniformResourceIdentifier));
    } else if (name->type == GEN_DNS) {
      names.hosts.push_back(TextOf(*name->d.dNSName));
    }
  }
  return names;
}

bool IsLabel(absl::string_view label) {
  return !label.empty() && label.size() <= kMaxHostLabel &&
         std::all_of(label.begin(), label.end(), [](char c) {
           return absl::ascii_isalnum(c) || c == '-' || c == '_';
         });
}

// Wildcards, which name many, are none.
bool IsHostName(absl::string_view name) {
  if (name.size() > kMaxHostName) return false;
  const std::vector<absl::string_view> labels = absl::StrSplit(name, '.');
  return std::all_of(labels.begin(), labels.end(), IsLabel);
}

absl::Status NoIdentity(absl::string_view why) {
  return absl::InvalidArgumentError(why);
}

absl::StatusOr<Actor> OnlyOneOf(const Names& names) {
  if (names.uris.size() + names.hosts.size() > 1) {
    return NoIdentity("it has several alternative names that name a caller");
  }
  if (!names.uris.empty()) {
    const absl::Status fit = CheckSpiffeId(names.uris[0]);
    if (!fit.ok()) return fit;
    return Actor(std::string(names.uris[0]));
  }
  if (names.hosts.empty()) {
    return NoIdentity("no alternative name of it names a caller");
  }
  if (!IsHostName(names.hosts[0])) {
    return NoIdentity("its DNS name is not the name of one host");
  }
  return Actor(absl::StrCat("dns:", absl::AsciiStrToLower(names.hosts[0])));
}

}  // namespace

absl::StatusOr<Actor> IdentityOf(const X509& certificate) {
  // OpenSSL notes in it what it found out.
  const bool is_ca = X509_check_ca(const_cast<X509*>(&certificate)) != 0;
  // Tells a missing extension from one that occurs twice or is malformed.
  int found = 0;
  const OpenSslPtr<GENERAL_NAMES> all(static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(&certificate, NID_subject_alt_name, &found, nullptr)));
  // TLS on this thread would take what is left there for its own.
  ERR_clear_error();
  if (is_ca) return NoIdentity("it is a CA's own");
  if (all == nullptr) {
    return NoIdentity(found == -1 ? "it has no alternative name"
                                  : "its alternative names are malformed");
  }
  return OnlyOneOf(NamesIn(*all));
}

}  // namespace bursar
