#include "tests/fuzz/fuzz_input.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"

namespace bursar {

absl::string_view FuzzInput::Line() {
  const std::size_t end = std::min(rest_.find('\n'), rest_.size());
  const absl::string_view line = rest_.substr(0, end);
  rest_.remove_prefix(std::min(end + 1, rest_.size()));
  return line;
}

int FuzzInput::Number() {
  int number = 0;
  return absl::SimpleAtoi(Line(), &number) ? number : 0;
}

bool Leaks(absl::string_view text) { return absl::StrContains(text, kCanary); }

void Must(bool holds, absl::string_view rule) {
  if (holds) return;
  std::fprintf(stderr, "The rule does not hold: %s\n",
               std::string(rule).c_str());
  std::abort();
}

}  // namespace bursar
