#include <memory>
#include <string>

#include "server/base/clock.h"
#include "server/base/random.h"
#include "tests/conformance/api_key_duties.h"
#include "tests/conformance/audit_duties.h"
#include "tests/conformance/begun_grant_duties.h"
#include "tests/conformance/client_secret_duties.h"
#include "tests/conformance/device_consent_duties.h"
#include "tests/conformance/ledger_suite.h"
#include "tests/conformance/limit_duties.h"
#include "tests/conformance/outbox_duties.h"
#include "tests/conformance/renewal_duties.h"
#include "tests/conformance/resealing_duties.h"
#include "tests/conformance/unanswered_duties.h"
#include "tests/fakes/temporary_ledger.h"

namespace bursar {
namespace {

class SqliteUnderTest final : public LedgerUnderTest {
 public:
  Journal& journal() override { return ledger_.journal(); }
  void Reopen() override { ledger_.Reopen(); }
  std::string AddKey() override { return ledger_.AddKey(); }
  void ForgetOldKeys() override { ledger_.ForgetOldKeys(); }

 private:
  SystemRandom random_;
  SystemClock clock_;
  TemporaryLedger ledger_{random_, clock_};
};

const LedgerKind kSqlite = {"Sqlite",
                            [] { return std::make_unique<SqliteUnderTest>(); }};

std::string NameOf(const testing::TestParamInfo<LedgerKind>& kind) {
  return kind.param.name;
}

INSTANTIATE_TEST_SUITE_P(Sqlite, LedgerSuite, testing::Values(kSqlite), NameOf);
INSTANTIATE_TEST_SUITE_P(Sqlite, ApiKeyDuties, testing::Values(kSqlite),
                         NameOf);
INSTANTIATE_TEST_SUITE_P(Sqlite, AuditDuties, testing::Values(kSqlite), NameOf);
INSTANTIATE_TEST_SUITE_P(Sqlite, BegunGrantDuties, testing::Values(kSqlite),
                         NameOf);
INSTANTIATE_TEST_SUITE_P(Sqlite, ClientSecretDuties, testing::Values(kSqlite),
                         NameOf);
INSTANTIATE_TEST_SUITE_P(Sqlite, DeviceConsentDuties, testing::Values(kSqlite),
                         NameOf);
INSTANTIATE_TEST_SUITE_P(Sqlite, LimitDuties, testing::Values(kSqlite), NameOf);
INSTANTIATE_TEST_SUITE_P(Sqlite, OutboxDuties, testing::Values(kSqlite),
                         NameOf);
INSTANTIATE_TEST_SUITE_P(Sqlite, RenewalDuties, testing::Values(kSqlite),
                         NameOf);
INSTANTIATE_TEST_SUITE_P(Sqlite, ResealingDuties, testing::Values(kSqlite),
                         NameOf);
INSTANTIATE_TEST_SUITE_P(Sqlite, UnansweredDuties, testing::Values(kSqlite),
                         NameOf);

}  // namespace
}  // namespace bursar
