#include "server/config/config_errors.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace bursar {

void ConfigErrors::Add(ConfigPlace place, std::string message) {
  errors_.push_back({std::move(place), std::move(message)});
}

absl::Status ConfigErrors::ToStatus() const {
  if (errors_.empty()) return absl::OkStatus();
  std::vector<Error> sorted = errors_;
  const auto key = [](const Error& error) {
    return std::tie(error.place.file, error.place.line, error.place.column);
  };
  std::stable_sort(
      sorted.begin(), sorted.end(),
      [&](const Error& a, const Error& b) { return key(a) < key(b); });
  return absl::InvalidArgumentError(
      absl::StrJoin(sorted, "\n", [](std::string* line, const Error& error) {
        absl::StrAppend(line, error.place.file, ":", error.place.line, ":",
                        error.place.column, ": ", error.message);
      }));
}

}  // namespace bursar
