// ResealingStore over SQLite: a walk over the sealed columns, in each by key id
// and then by row, which the indexes on key ids make as long as what it finds.

#ifndef BURSAR_SERVER_LEDGER_RESEALING_STORE_H_
#define BURSAR_SERVER_LEDGER_RESEALING_STORE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/core/resealing_store.h"
#include "server/ledger/sealed_columns.h"
#include "server/ledger/store_context.h"

namespace bursar {

class SqliteResealingStore final : public ResealingStore {
 public:
  explicit SqliteResealingStore(const StoreContext& context)
      : context_(context) {}

  absl::StatusOr<std::vector<std::string>> KeysInUse() override;
  absl::StatusOr<SealedStretch> Count(const SealedPosition& from,
                                      int64_t limit) override;
  absl::StatusOr<ResealedStretch> Reseal(const SealedPosition& from,
                                         int64_t limit) override;
  absl::StatusOr<bool> Begin(absl::Time now) override;
  absl::StatusOr<std::optional<ResealingNote>> Begun() override;
  absl::Status End() override;

 private:
  struct Row {
    int64_t number;
    Sealed sealed;
  };

  /// The first row of the next key in the order of the walk; nothing at its
  /// end.
  absl::StatusOr<std::optional<SealedPosition>> NextKey(
      SealedPosition position) const;

  /// The rows under one key, after a row.
  absl::StatusOr<std::vector<Row>> RowsAfter(const SealedPosition& position,
                                             int64_t limit) const;

  /// Whether the value opened and was sealed anew.
  absl::StatusOr<bool> ResealOne(const SealedColumn& column, const Row& row);

  const StoreContext& context_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_LEDGER_RESEALING_STORE_H_
