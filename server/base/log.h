// The server's log: one line a happening, to standard error, as key=value
// pairs. A value is text, a number or a duration; a Secret does not convert to
// any of them. Never log what came from a provider or a caller except ids.
// Thread-safe.

#ifndef BURSAR_SERVER_BASE_LOG_H_
#define BURSAR_SERVER_BASE_LOG_H_

#include <initializer_list>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace bursar::log {

enum class Level { kDebug, kInfo, kWarning, kError };

struct Field {
  template <typename T>
  Field(absl::string_view name, const T& text)
      : key(name), value(absl::StrCat(text)) {}
  Field(absl::string_view name, absl::Duration duration)
      : key(name), value(absl::FormatDuration(duration)) {}

  absl::string_view key;
  std::string value;
};

/// Lines below `level` are dropped from now on; kInfo at first.
void SetLevel(Level level);

/// Writes `level time event key=value …`; quotes values that need it.
void Write(Level level, absl::string_view event,
           std::initializer_list<Field> fields = {});

inline void Debug(absl::string_view event,
                  std::initializer_list<Field> fields = {}) {
  Write(Level::kDebug, event, fields);
}
inline void Info(absl::string_view event,
                 std::initializer_list<Field> fields = {}) {
  Write(Level::kInfo, event, fields);
}
inline void Warning(absl::string_view event,
                    std::initializer_list<Field> fields = {}) {
  Write(Level::kWarning, event, fields);
}
inline void Error(absl::string_view event,
                  std::initializer_list<Field> fields = {}) {
  Write(Level::kError, event, fields);
}

}  // namespace bursar::log

#endif  // BURSAR_SERVER_BASE_LOG_H_
