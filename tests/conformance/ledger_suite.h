// The duties of server/core/ledger.h, as tests that run unchanged against every
// ledger. A ledger joins with an INSTANTIATE_TEST_SUITE_P of its own that says
// how one is made.

#ifndef BURSAR_TESTS_CONFORMANCE_LEDGER_SUITE_H_
#define BURSAR_TESTS_CONFORMANCE_LEDGER_SUITE_H_

#include <functional>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/core/journal.h"
#include "tests/conformance/run_work.h"

namespace bursar {

/// A new, empty ledger that goes with this object.
class LedgerUnderTest {
 public:
  virtual ~LedgerUnderTest() = default;
  virtual Journal& journal() = 0;
  /// Goes on as another process, with a journal of its own.
  virtual void Reopen() = 0;
  /// Seals with a new key from now on; its id. The old ones still open.
  virtual std::string AddKey() = 0;
  /// Loses every key but the one that seals.
  virtual void ForgetOldKeys() = 0;
};

struct LedgerKind {
  std::string name;
  std::function<std::unique_ptr<LedgerUnderTest>()> make;

  friend void PrintTo(const LedgerKind& kind, std::ostream* out) {
    *out << kind.name;
  }
};

class LedgerSuite : public testing::TestWithParam<LedgerKind> {
 protected:
  LedgerSuite() : ledger_(GetParam().make()) {}

  template <typename F>
  auto Write(F work) {
    return RunWrite(ledger_->journal(), std::move(work));
  }
  template <typename F>
  auto Read(F work) {
    return RunRead(ledger_->journal(), std::move(work));
  }

  Client AddClient(const std::string& name,
                   std::optional<Secret> secret = std::nullopt);
  /// Adds an active grant of ada's to `client`, with the refresh token
  /// "refresh-ID" and the access token "access-ID".
  void AddGrant(const std::string& id, const std::string& client = "crm",
                const std::string& user = "ada");
  absl::StatusOr<RefreshLease> Begin(const std::string& grant,
                                     int64_t generation);
  absl::StatusOr<int64_t> Commit(const RefreshLease& lease, Granted granted);
  absl::Status Fail(const RefreshLease& lease, RefreshFailure failure);
  absl::StatusOr<std::vector<Grant>> Revoke(RevocationTarget target);
  Grant Get(const std::string& grant);
  absl::StatusOr<std::vector<KeptToken>> Tokens(const std::string& grant);
  absl::StatusOr<std::optional<AccessToken>> NewestToken(
      const std::string& grant);
  std::vector<RefreshTokenRecord> RefreshTokens(const std::string& grant);
  std::vector<PendingRevocation> Due(absl::Time now);
  /// As another process.
  void Reopen() { ledger_->Reopen(); }
  std::string AddKey() { return ledger_->AddKey(); }
  void ForgetOldKeys() { ledger_->ForgetOldKeys(); }

  /// Moved on by tests that need it.
  absl::Time now_ = absl::FromUnixSeconds(1'800'000'000);

 private:
  std::unique_ptr<LedgerUnderTest> ledger_;
};

AccessToken AnAccessToken(const std::string& value, absl::Time obtained);

/// An answer with the access token `access` and, unless empty, `refresh`.
Granted AnAnswer(const std::string& access, const std::string& refresh,
                 absl::Time obtained);

PendingConsent AConsent(const std::string& state, absl::Time expiry);

}  // namespace bursar

#endif  // BURSAR_TESTS_CONFORMANCE_LEDGER_SUITE_H_
