// Answers from memory, on the caller's stack, while a token lives long enough;
// asks the next source otherwise. Thread-safe. Borrows both dependencies.

#ifndef BURSAR_SERVER_CORE_CACHED_SOURCE_H_
#define BURSAR_SERVER_CORE_CACHED_SOURCE_H_

#include "server/core/token_cache.h"
#include "server/core/token_source.h"

namespace bursar {

class CachedSource final : public TokenSource {
 public:
  CachedSource(TokenCache& cache, TokenSource& inner)
      : cache_(cache), inner_(inner) {}

  void Get(const TokenRequest& request, absl::Time now, Done done) override;

 private:
  TokenCache& cache_;
  TokenSource& inner_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_CACHED_SOURCE_H_
