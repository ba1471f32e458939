// Calls whose answer is one transaction of the ledger's. Thread-safe.

#ifndef BURSAR_SERVER_RPC_LEDGER_ANSWER_H_
#define BURSAR_SERVER_RPC_LEDGER_ANSWER_H_

#include <memory>
#include <utility>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "server/core/journal.h"
#include "server/rpc/reply.h"

namespace bursar {

/// Makes the response inside the transaction; may be run again.
template <typename Response>
using LedgerWork = absl::AnyInvocable<absl::StatusOr<Response>(Ledger&)>;

/// The two ends of a transaction that answers a call.
template <typename Response>
struct LedgerAnswer {
  LedgerAnswer(LedgerWork<Response> make, Reply<Response> reply) {
    auto response = std::make_shared<Response>();
    work = [response, make = std::move(make)](Ledger& ledger) mutable {
      absl::StatusOr<Response> made = make(ledger);
      if (made.ok()) *response = *std::move(made);
      return made.status();
    };
    done = [response, reply = std::move(reply)](absl::Status status) mutable {
      status.ok() ? reply.Send(*response) : reply.Refuse(status);
    };
  }

  Journal::Work work;
  Journal::Done done;
};

template <typename Response>
void AnswerReading(Journal& journal, LedgerWork<Response> make,
                   Reply<Response> reply) {
  LedgerAnswer<Response> answer(std::move(make), std::move(reply));
  journal.Read(std::move(answer.work), std::move(answer.done));
}

/// Answers when what `make` wrote is durable.
template <typename Response>
void AnswerWriting(Journal& journal, LedgerWork<Response> make,
                   Reply<Response> reply) {
  LedgerAnswer<Response> answer(std::move(make), std::move(reply));
  journal.Write(std::move(answer.work), std::move(answer.done));
}

/// What a store's bare NOT_FOUND, ALREADY_EXISTS or ABORTED means to a caller
/// who named a `resource` (as errors.proto spells it); every other status as it
/// is.
absl::Status Explain(const absl::Status& status, absl::string_view resource,
                     absl::string_view name);

}  // namespace bursar

#endif  // BURSAR_SERVER_RPC_LEDGER_ANSWER_H_
