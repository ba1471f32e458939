// The duties of a ResealingStore, as part of the ledger's suite.

#ifndef BURSAR_TESTS_CONFORMANCE_RESEALING_DUTIES_H_
#define BURSAR_TESTS_CONFORMANCE_RESEALING_DUTIES_H_

#include <string>
#include <vector>

#include "tests/conformance/ledger_suite.h"

namespace bursar {

class ResealingDuties : public LedgerSuite {
 protected:
  /// One of everything that is sealed, beside the ledger's own two keys: two
  /// client secrets, two refresh tokens (one of them only to be revoked), an
  /// access token, a verifier and a device code.
  static constexpr int64_t kSealed = 9;
  void AddOneOfEach();

  /// Opens each of them, and finds it to be what it was.
  void ExpectAllOpens();

  std::vector<std::string> KeysInUse();

  /// All of it, in stretches of so many values.
  SealedCounts CountAll(int64_t limit);
  ResealedStretch ResealAll(int64_t limit);

  const ClientName kCrm{"crm"};
};

}  // namespace bursar

#endif  // BURSAR_TESTS_CONFORMANCE_RESEALING_DUTIES_H_
