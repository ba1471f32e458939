// A Transport that answers at once, and a Clock that stands still. Not
// thread-safe.

#ifndef BURSAR_TESTS_UNIT_UPSTREAM_INSTANT_TRANSPORT_H_
#define BURSAR_TESTS_UNIT_UPSTREAM_INSTANT_TRANSPORT_H_

#include <string>
#include <utility>
#include <vector>

#include "server/base/clock.h"
#include "server/upstream/transport.h"
#include "tests/unit/upstream/samples.h"

namespace bursar {

class StillClock final : public Clock {
 public:
  absl::Time Now() const override { return kSent; }
};

class InstantTransport final : public Transport {
 public:
  void Send(HttpRequest request, Done done) override {
    urls.emplace_back(request.url.Expose());
    bodies.emplace_back(request.body.Expose());
    done(std::exchange(result, std::move(next)));
  }

  HttpResult result;
  /// What comes after it.
  HttpResult next;
  std::vector<std::string> urls;
  std::vector<std::string> bodies;
};

}  // namespace bursar

#endif  // BURSAR_TESTS_UNIT_UPSTREAM_INSTANT_TRANSPORT_H_
