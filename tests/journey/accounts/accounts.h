// What journeys of service accounts begin with: a broker that takes the tokens
// of one cluster, and callers who bear them. Used from one thread.

#ifndef BURSAR_TESTS_JOURNEY_ACCOUNTS_ACCOUNTS_H_
#define BURSAR_TESTS_JOURNEY_ACCOUNTS_ACCOUNTS_H_

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "tests/fakes/certificate_files.h"
#include "tests/fakes/signing_key.h"
#include "tests/fakes/temporary_folder.h"
#include "tests/journey/harness/broker.h"
#include "tests/journey/harness/reply.h"

namespace bursar::journey {

class Accounts : public ::testing::Test {
 protected:
  Accounts();

  /// Starts a broker with a clock that MoveClock moves. `asked` is how it asks
  /// the cluster, as keys of its configuration in flow style. Its token_file is
  /// "own-token".
  void StartBroker(const std::string& asked);

  /// What a cluster says of an account that the broker's policy knows, good for
  /// three days.
  static std::string TokenBy(const SigningKey& key, const std::string& id);

  /// What a call by whoever bears the token ends in.
  Outcome CallBearing(const std::string& token) const;

  Broker& broker() { return *broker_; }
  /// Whom whoever calls the broker trusts.
  FileAuthority& authority() { return authority_; }

 private:
  const TemporaryFolder folder_;
  FileAuthority authority_;
  const CertificateFiles server_;
  std::unique_ptr<Broker> broker_;
};

}  // namespace bursar::journey

#endif  // BURSAR_TESTS_JOURNEY_ACCOUNTS_ACCOUNTS_H_
