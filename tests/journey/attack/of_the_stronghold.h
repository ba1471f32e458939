// One stronghold for all the tests of a suite: it takes longer to stand up than
// an attack takes.

#ifndef BURSAR_TESTS_JOURNEY_ATTACK_OF_THE_STRONGHOLD_H_
#define BURSAR_TESTS_JOURNEY_ATTACK_OF_THE_STRONGHOLD_H_

#include "gtest/gtest.h"
#include "tests/journey/attack/rpc.h"
#include "tests/journey/attack/stronghold.h"
#include "tests/journey/harness/journey.h"

namespace bursar::journey {

/// `Base` is ::testing::Test, or one with a parameter.
template <typename Base>
class OfTheStronghold : public Base {
 public:
  static void SetUpTestSuite() { stronghold_ = new Stronghold; }
  static void TearDownTestSuite() {
    delete stronghold_;
    stronghold_ = nullptr;
  }

 protected:
  /// Asks for what is Ann's.
  static Outcome Attack(const Rpc& rpc, const Credentials& credentials) {
    return Api(Connect(credentials))
        .SendBytes(rpc.Path(),
                   RequestAbout(rpc, kAnn, kClient, stronghold_->grant()));
  }

  static inline Stronghold* stronghold_ = nullptr;
};

}  // namespace bursar::journey

#endif  // BURSAR_TESTS_JOURNEY_ATTACK_OF_THE_STRONGHOLD_H_
