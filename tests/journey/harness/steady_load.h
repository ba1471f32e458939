// An open loop of calls: so many a second, whether the ones before have ended
// or not, as a fleet of callers makes them. Owns a thread; the calls end on
// threads of gRPC's. Start and Stop from one thread.

#ifndef BURSAR_TESTS_JOURNEY_HARNESS_STEADY_LOAD_H_
#define BURSAR_TESTS_JOURNEY_HARNESS_STEADY_LOAD_H_

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>

#include "tests/journey/harness/reply.h"

namespace bursar::journey {

class SteadyLoad {
 public:
  /// Begins the call of that number, from 0, and tells its end to `done`.
  using StartCall =
      std::function<void(int64_t number, std::function<void(Outcome)> done)>;

  /// Begins at once. `calls_per_second` is made up for where the machine was
  /// kept from it.
  SteadyLoad(StartCall start, int calls_per_second);

  /// As Stop.
  ~SteadyLoad();

  struct Ends {
    int64_t begun = 0;
    int64_t succeeded = 0;
    /// How often each refusal came, by its code and message.
    std::map<std::string, int64_t> refused;
  };

  /// So far.
  Ends Now() const;

  /// Begins no more, and waits for those under way.
  Ends Stop();

 private:
  void Run();
  void Begin(int64_t number);

  const StartCall start_;
  const int calls_per_second_;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  // Guarded by mutex_.
  Ends ends_;
  int64_t under_way_ = 0;
  bool stopping_ = false;

  std::thread thread_;
};

}  // namespace bursar::journey

#endif  // BURSAR_TESTS_JOURNEY_HARNESS_STEADY_LOAD_H_
