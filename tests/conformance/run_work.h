// Runs a work on a journal and waits for its end. For tests.

#ifndef BURSAR_TESTS_CONFORMANCE_RUN_WORK_H_
#define BURSAR_TESTS_CONFORMANCE_RUN_WORK_H_

#include <future>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/core/journal.h"

namespace bursar {

/// Where a work leaves its result: an absl::Status or an absl::StatusOr.
template <typename F>
using ResultOf = std::invoke_result_t<F, Ledger&>;

template <typename F>
ResultOf<F> RunWork(Journal& journal,
                    void (Journal::*run)(Journal::Work, Journal::Done),
                    F work) {
  using Result = ResultOf<F>;
  const auto result = std::make_shared<std::optional<Result>>();
  auto end = std::make_shared<std::promise<absl::Status>>();
  (journal.*run)(
      [result, work = std::move(work)](Ledger& ledger) mutable {
        result->emplace(work(ledger));
        if constexpr (std::is_same_v<Result, absl::Status>) {
          return **result;
        } else {
          return (*result)->status();
        }
      },
      [end](absl::Status status) { end->set_value(std::move(status)); });
  const absl::Status status = end->get_future().get();
  if (!status.ok()) return status;
  return std::move(**result);
}

template <typename F>
ResultOf<F> RunWrite(Journal& journal, F work) {
  return RunWork(journal, &Journal::Write, std::move(work));
}

template <typename F>
ResultOf<F> RunRead(Journal& journal, F work) {
  return RunWork(journal, &Journal::Read, std::move(work));
}

}  // namespace bursar

#endif  // BURSAR_TESTS_CONFORMANCE_RUN_WORK_H_
