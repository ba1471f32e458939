// A fuzzer's bytes taken apart, and what it says when a rule does not hold.
// Seeds stay readable: settings stand in lines of their own, and what is parsed
// follows them as it is. Not thread-safe.

#ifndef BURSAR_TESTS_FUZZ_FUZZ_INPUT_H_
#define BURSAR_TESTS_FUZZ_FUZZ_INPUT_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"

namespace bursar {

class FuzzInput {
 public:
  /// Borrows the bytes.
  FuzzInput(const uint8_t* data, std::size_t size)
      : rest_(reinterpret_cast<const char*>(data), size) {}

  /// The next line, without its end; empty after the last one.
  absl::string_view Line();

  /// The next line's number; 0 where it is none.
  int Number();

  /// One of `values`, which are not none, by the next line's number.
  template <typename T>
  const T& OneOf(const std::vector<T>& values) {
    return values[static_cast<unsigned>(Number()) % values.size()];
  }

  /// What no line took.
  absl::string_view Rest() const { return rest_; }

 private:
  absl::string_view rest_;
};

/// Stands in seeds and dictionaries where secrets do.
inline constexpr absl::string_view kCanary = "cAnArY7q";

/// Whether `text`, which no secret may enter, holds the canary.
bool Leaks(absl::string_view text);

/// Ends the process as a crash does, naming the rule, unless it holds.
void Must(bool holds, absl::string_view rule);

}  // namespace bursar

#endif  // BURSAR_TESTS_FUZZ_FUZZ_INPUT_H_
