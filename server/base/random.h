// Where unguessable bytes come from. Thread-safe.

#ifndef BURSAR_SERVER_BASE_RANDOM_H_
#define BURSAR_SERVER_BASE_RANDOM_H_

#include <cstddef>
#include <string>

#include "absl/types/span.h"

namespace bursar {

class Random {
 public:
  virtual ~Random() = default;

  /// Fills `bytes` from a cryptographically secure source.
  virtual void Fill(absl::Span<unsigned char> bytes) = 0;
};

/// The operating system's source; ends the process if there is none.
class SystemRandom final : public Random {
 public:
  void Fill(absl::Span<unsigned char> bytes) override;
};

/// `count` random bytes as base64url without padding: letters, digits, '-',
/// '_'.
std::string RandomText(Random& random, std::size_t count);

}  // namespace bursar

#endif  // BURSAR_SERVER_BASE_RANDOM_H_
