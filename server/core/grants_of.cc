#include "server/core/grants_of.h"

#include <utility>

namespace bursar {
namespace {

constexpr int kMostGrants = 1000;

}  // namespace

absl::StatusOr<std::vector<Grant>> GrantsOf(const UserId& user,
                                            const ClientName& client,
                                            std::optional<GrantState> state,
                                            Ledger& ledger) {
  auto page = ledger.grants().List({user, client, state}, {kMostGrants, ""});
  if (!page.ok()) return page.status();
  return std::move(page->items);
}

}  // namespace bursar
