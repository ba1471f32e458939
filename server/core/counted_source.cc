#include "server/core/counted_source.h"

#include <utility>

namespace bursar {

void CountedSource::Get(const TokenRequest& request, absl::Time now,
                        Done done) {
  source_.Get(request, now,
              [this, caller = request.actor, now,
               done = std::move(done)](Answer answer) mutable {
                if (answer.ok()) {
                  deliveries_.Note(caller, (*answer)->grant, now);
                }
                done(std::move(answer));
              });
}

}  // namespace bursar
