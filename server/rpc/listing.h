// What all listings share: one page asked for, one page answered. Pure; no
// locking.

#ifndef BURSAR_SERVER_RPC_LISTING_H_
#define BURSAR_SERVER_RPC_LISTING_H_

#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "server/core/ledger_types.h"
#include "server/core/reason.h"
#include "server/rpc/page_token.h"
#include "server/rpc/validate.h"

namespace bursar {

/// Which page of which query.
struct Listing {
  std::string query;
  PageRequest page;
};

/// Reads page_size and page_token of a list request.
template <typename Request>
absl::StatusOr<Listing> ReadListing(const Request& request) {
  absl::StatusOr<int> limit = ReadPageSize(request.page_size());
  if (!limit.ok()) return limit.status();
  std::string query = QueryOf(request);
  absl::StatusOr<std::string> after =
      ReadPageToken(query, request.page_token());
  if (!after.ok()) return after.status();
  return Listing{std::move(query), {*limit, *std::move(after)}};
}

/// Makes the response for a page that the store returned, `add` putting each
/// item into it. A cursor that the store does not know came from a page token
/// that was made up.
template <typename Response, typename T, typename Add>
absl::StatusOr<Response> ToResponse(const absl::StatusOr<Page<T>>& page,
                                    const Listing& listing, Add add) {
  if (absl::IsInvalidArgument(page.status())) {
    return FieldInvalid("page_token", "is not one that a listing returned");
  }
  if (!page.ok()) return page.status();
  Response response;
  for (const T& item : page->items) add(response, item);
  response.set_next_page_token(MakePageToken(listing.query, page->next));
  return response;
}

}  // namespace bursar

#endif  // BURSAR_SERVER_RPC_LISTING_H_
