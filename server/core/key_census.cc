#include "server/core/key_census.h"

#include <utility>

namespace bursar {
namespace {

// A millisecond or two of an index.
constexpr int64_t kCountedAtOnce = 10'000;

}  // namespace

struct KeyCensus::Walk {
  Done done;
  SealedCounts counts;
  SealedPosition position;
};

void KeyCensus::Take(Done done) {
  auto walk = std::make_shared<Walk>();
  walk->done = std::move(done);
  GoOn(std::move(walk));
}

void KeyCensus::GoOn(std::shared_ptr<Walk> walk) {
  const auto stretch = std::make_shared<SealedStretch>();
  journal_.Read(
      [walk, stretch](Ledger& ledger) {
        auto counted = ledger.resealing().Count(walk->position, kCountedAtOnce);
        if (!counted.ok()) return counted.status();
        *stretch = *std::move(counted);
        return absl::OkStatus();
      },
      [this, walk, stretch](absl::Status status) {
        if (!status.ok()) return walk->done(std::move(status));
        for (const auto& [key, count] : stretch->counts) {
          walk->counts[key] += count;
        }
        if (!stretch->next) return walk->done(std::move(walk->counts));
        walk->position = *stretch->next;
        executor_.Post([this, walk] { GoOn(walk); });
      });
}

}  // namespace bursar
