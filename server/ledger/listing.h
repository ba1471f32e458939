// Pages of a query. Pure but for the statement given; no locking.

#ifndef BURSAR_SERVER_LEDGER_LISTING_H_
#define BURSAR_SERVER_LEDGER_LISTING_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "server/core/ledger_types.h"
#include "server/ledger/database.h"

namespace bursar {

/// Conditions of a query that vary with what is asked for.
class Where {
 public:
  void And(absl::string_view condition);

  /// `condition` has one parameter, "?".
  void And(absl::string_view condition, Value value);

  template <typename T>
  void AndIf(absl::string_view condition, const std::optional<T>& value) {
    if (value) And(condition, Value(*value));
  }

  /// " WHERE …", or nothing where there are no conditions.
  const std::string& sql() const { return sql_; }
  const std::vector<Value>& values() const { return values_; }

 private:
  std::string sql_;
  std::vector<Value> values_;
};

/// A cursor into `listing` after the item at `position`; opaque to callers.
std::string EncodeCursor(absl::string_view listing, absl::string_view position);

/// The position in a cursor, or nullopt for an empty one. Must return
/// INVALID_ARGUMENT for what was not made for `listing`.
absl::StatusOr<std::optional<std::string>> DecodeCursor(
    absl::string_view listing, absl::string_view cursor);

/// The same where positions are numbers.
absl::StatusOr<std::optional<int64_t>> DecodeNumberCursor(
    absl::string_view listing, absl::string_view cursor);

/// Reads a page of `rows`. `read` makes an item of a row, `position` says where
/// the row stands in the listing's order.
template <typename Read, typename Position>
auto ReadPage(Statement rows, const PageRequest& request,
              absl::string_view listing, Read read, Position position)
    -> absl::StatusOr<Page<decltype(read(rows))>> {
  const auto limit = static_cast<std::size_t>(std::max(request.limit, 1));
  Page<decltype(read(rows))> page;
  std::string last;
  while (true) {
    const absl::StatusOr<bool> row = rows.Next();
    if (!row.ok()) return row.status();
    if (!*row) return page;
    if (page.items.size() == limit) {
      page.next = EncodeCursor(listing, last);
      return page;
    }
    page.items.push_back(read(rows));
    last = position(rows);
  }
}

}  // namespace bursar

#endif  // BURSAR_SERVER_LEDGER_LISTING_H_
