// Keys that never change by themselves.

#ifndef BURSAR_TESTS_FAKES_STILL_KEYS_H_
#define BURSAR_TESTS_FAKES_STILL_KEYS_H_

#include "server/core/key_source.h"

namespace bursar {

class StillKeys final : public KeySource {
 public:
  /// What each look ends with.
  absl::Status answer;

  void Reread(Done done) override { done(answer); }
};

}  // namespace bursar

#endif  // BURSAR_TESTS_FAKES_STILL_KEYS_H_
