// The page tokens of listings: opaque to callers, the same after a restart, and
// good only for the query that they came from. Pure; no locking.

#ifndef BURSAR_SERVER_RPC_PAGE_TOKEN_H_
#define BURSAR_SERVER_RPC_PAGE_TOKEN_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"

namespace bursar {

/// What a listing asks for, whichever page of it: the request's type and every
/// field but page_size, which may change between pages (AIP-158), and
/// page_token.
std::string QueryOf(const google::protobuf::Message& request);

/// The token for the page of `query` that begins after `cursor`; empty if
/// `cursor` is: there is no such page.
std::string MakePageToken(absl::string_view query, absl::string_view cursor);

/// The cursor in `token`; empty for an empty token, which asks for the first
/// page. Refuses with kFieldInvalid what MakePageToken did not make for
/// `query`.
absl::StatusOr<std::string> ReadPageToken(absl::string_view query,
                                          absl::string_view token);

}  // namespace bursar

#endif  // BURSAR_SERVER_RPC_PAGE_TOKEN_H_
