// Counts whose token of which grant is handed out, before it is. Thread-safe.
// Borrows the source behind it and the deliveries, which must outlive it.

#ifndef BURSAR_SERVER_CORE_COUNTED_SOURCE_H_
#define BURSAR_SERVER_CORE_COUNTED_SOURCE_H_

#include "server/core/deliveries.h"
#include "server/core/token_source.h"

namespace bursar {

class CountedSource final : public TokenSource {
 public:
  CountedSource(TokenSource& source, Deliveries& deliveries)
      : source_(source), deliveries_(deliveries) {}

  void Get(const TokenRequest& request, absl::Time now, Done done) override;

 private:
  TokenSource& source_;
  Deliveries& deliveries_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_COUNTED_SOURCE_H_
