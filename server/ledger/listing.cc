#include "server/ledger/listing.h"

#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "server/core/reason.h"

namespace bursar {
namespace {

absl::Status NotACursor() {
  return FieldInvalid("page_token", "is not one of this listing's");
}

}  // namespace

void Where::And(absl::string_view condition) {
  absl::StrAppend(&sql_, sql_.empty() ? " WHERE " : " AND ", condition);
}

void Where::And(absl::string_view condition, Value value) {
  And(condition);
  values_.push_back(std::move(value));
}

std::string EncodeCursor(absl::string_view listing,
                         absl::string_view position) {
  return absl::WebSafeBase64Escape(absl::StrCat(listing, ":", position));
}

absl::StatusOr<std::optional<std::string>> DecodeCursor(
    absl::string_view listing, absl::string_view cursor) {
  if (cursor.empty()) return std::nullopt;
  std::string text;
  if (!absl::WebSafeBase64Unescape(cursor, &text)) return NotACursor();
  absl::string_view position = text;
  if (!absl::ConsumePrefix(&position, absl::StrCat(listing, ":"))) {
    return NotACursor();
  }
  return std::string(position);
}

absl::StatusOr<std::optional<int64_t>> DecodeNumberCursor(
    absl::string_view listing, absl::string_view cursor) {
  const auto position = DecodeCursor(listing, cursor);
  if (!position.ok()) return position.status();
  if (!*position) return std::nullopt;
  int64_t number = 0;
  if (!absl::SimpleAtoi(**position, &number)) return NotACursor();
  return number;
}

}  // namespace bursar
