#include "server/base/random.h"

#include <sys/random.h>

#include <cerrno>
#include <cstdlib>

#include "absl/strings/escaping.h"
#include "server/base/secret.h"

namespace bursar {

void SystemRandom::Fill(absl::Span<unsigned char> bytes) {
  while (!bytes.empty()) {
    const ssize_t count = getrandom(bytes.data(), bytes.size(), 0);
    if (count > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(count));
    } else if (errno != EINTR) {
      // Going on with guessable tokens would be worse than not going on.
      std::abort();
    }
  }
}

std::string RandomText(Random& random, std::size_t count) {
  std::string bytes(count, '\0');
  random.Fill(absl::MakeSpan(reinterpret_cast<unsigned char*>(bytes.data()),
                             bytes.size()));
  std::string text = absl::WebSafeBase64Escape(bytes);  // Without padding.
  Wipe(bytes);
  return text;
}

}  // namespace bursar
