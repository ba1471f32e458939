#include "server/base/clock.h"
#include "server/base/random.h"
#include "tests/conformance/ledger_suite.h"
#include "tests/fakes/temporary_ledger.h"

namespace bursar {
namespace {

class SqliteUnderTest final : public LedgerUnderTest {
 public:
  Journal& journal() override { return ledger_.journal(); }

 private:
  SystemRandom random_;
  SystemClock clock_;
  TemporaryLedger ledger_{random_, clock_};
};

INSTANTIATE_TEST_SUITE_P(
    Sqlite, LedgerSuite,
    testing::Values(LedgerKind{
        "Sqlite", [] { return std::make_unique<SqliteUnderTest>(); }}),
    [](const auto& kind) { return kind.param.name; });

}  // namespace
}  // namespace bursar
