// A provider's own description of itself: OpenID Connect Discovery 1.0 and its
// successor RFC 8414. Pure.

#ifndef BURSAR_SERVER_UPSTREAM_PROVIDER_METADATA_H_
#define BURSAR_SERVER_UPSTREAM_PROVIDER_METADATA_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "server/core/provider.h"

namespace bursar {

/// Where the metadata of `issuer` may be, likeliest first: where OpenID Connect
/// Discovery section 4.1 puts it, then where RFC 8414 section 3.1 does.
std::vector<std::string> MetadataUrls(absl::string_view issuer);

/// `provider` completed by its metadata, which `document` is, and discovered
/// then. What the descriptor says stays: its endpoints; a way of client
/// authentication that the metadata lists (RFC 8414 section 2: Basic where it
/// lists none); no PKCE. INVALID_ARGUMENT, without a word of the document, if
/// it is no metadata, is another issuer's (RFC 8414 section 3.3), lacks an
/// endpoint that the provider needs, names one that no secret may go to
/// (trusted_url.h), or takes none of the broker's ways to authenticate.
absl::StatusOr<Provider> CompleteFromMetadata(Provider provider,
                                              absl::string_view document);

}  // namespace bursar

#endif  // BURSAR_SERVER_UPSTREAM_PROVIDER_METADATA_H_
