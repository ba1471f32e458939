// The duties of an AuditStore and a DeliveryStore, as part of the ledger's
// suite, and how much of a grant's past stays.

#ifndef BURSAR_TESTS_CONFORMANCE_AUDIT_DUTIES_H_
#define BURSAR_TESTS_CONFORMANCE_AUDIT_DUTIES_H_

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/conformance/ledger_suite.h"

namespace bursar {

class AuditDuties : public LedgerSuite {
 protected:
  /// `count` events of now.
  void Append(int count) {
    ASSERT_TRUE(Write([&](Ledger& l) {
                  for (int i = 0; i < count; ++i) {
                    Event event;
                    event.time = now_;
                    event.kind = "token.refreshed";
                    const absl::Status status = l.events().Append(event);
                    if (!status.ok()) return status;
                  }
                  return absl::OkStatus();
                }).ok());
  }

  ChainEnds Ends() {
    return *Read([](Ledger& l) { return l.audit().Ends(); });
  }

  absl::StatusOr<RemovedEvents> Remove(absl::Time before) {
    return Write([&](Ledger& l) { return l.audit().Remove(before); });
  }

  /// Those that there are, as "FIRST to LAST".
  std::string Ids() {
    const auto page = Read([](Ledger& l) {
      return l.events().List({}, {1000, ""});
    });
    return absl::StrCat(page->items.front().id, " to ", page->items.back().id,
                        ", ", page->items.size());
  }

  /// What is to be told, as "CALLER COUNT".
  std::vector<std::string> Deliver(const std::string& caller,
                                   const std::string& grant, int64_t count) {
    const auto due = Write([&](Ledger& l) {
      return l.deliveries().Add(
          {{Actor(caller), GrantId(grant), count, now_, now_}}, absl::Hours(24),
          now_);
    });
    return Texts(*due);
  }

  std::vector<std::string> Delivered(const DeliveryFilter& filter = {}) {
    const auto page =
        Read([&](Ledger& l) { return l.deliveries().List(filter, {}); });
    return Texts(page->items);
  }

  static std::vector<std::string> Texts(
      const std::vector<DeliveryRecord>& records) {
    std::vector<std::string> texts;
    for (const DeliveryRecord& record : records) {
      texts.push_back(absl::StrCat(
          record.delivery.caller.value(), " ", record.delivery.grant.value(),
          " of ", record.user.value(), " ", record.delivery.count));
    }
    return texts;
  }
};

}  // namespace bursar

#endif  // BURSAR_TESTS_CONFORMANCE_AUDIT_DUTIES_H_
