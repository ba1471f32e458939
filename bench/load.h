// A closed loop of calls: so many under way at any time, for so long. Used from
// one thread; the calls end on threads of gRPC's.

#ifndef BURSAR_BENCH_LOAD_H_
#define BURSAR_BENCH_LOAD_H_

#include <functional>
#include <vector>

#include "absl/time/time.h"

namespace bursar::bench {

struct LoadFigures {
  double calls_per_second = 0;
  absl::Duration p50;
  absl::Duration p99;
};

/// Begins one call and tells its end to `done`, with whether it went well.
using StartCall = std::function<void(std::function<void(bool)> done)>;

/// Keeps `concurrency` calls under way for `duration`. Ends the process if a
/// call fails: a figure of failures would mean nothing.
LoadFigures RunLoad(const StartCall& start, int concurrency,
                    absl::Duration duration);

/// The figure that `share` of the others are not above, 0 to 1: 0.5 is the
/// middle one. There must be a figure.
double Quantile(std::vector<double> figures, double share);

}  // namespace bursar::bench

#endif  // BURSAR_BENCH_LOAD_H_
