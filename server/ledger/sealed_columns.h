// Every column that holds something sealed. A column's key id is in the one
// beside it, COLUMN_key_id, and a row's number in `number`. A migration that
// adds a sealed column adds it here; one whose table grows with the grants has
// an index on its key ids. Constant.

#ifndef BURSAR_SERVER_LEDGER_SEALED_COLUMNS_H_
#define BURSAR_SERVER_LEDGER_SEALED_COLUMNS_H_

#include "absl/strings/string_view.h"

namespace bursar {

struct SealedColumn {
  absl::string_view table;
  absl::string_view column;
};

inline constexpr SealedColumn kSealedColumns[] = {
    {"meta", "digest_key"},
    {"clients", "secret"},
    {"client_data_centers", "secret"},
    {"refresh_tokens", "value"},
    {"access_tokens", "value"},
    {"consents", "verifier"},
    {"device_consents", "device_code"},
    {"event_keys", "signing_key"},
};

}  // namespace bursar

#endif  // BURSAR_SERVER_LEDGER_SEALED_COLUMNS_H_
