// A Journal that ends the process with SIGKILL at one point of the first
// refresh that passes, as a power failure would: to see what is left behind.
// Thread-safe, like the journal behind it.

#ifndef BURSAR_TESTS_JOURNEY_UNDER_TEST_DYING_JOURNAL_H_
#define BURSAR_TESTS_JOURNEY_UNDER_TEST_DYING_JOURNAL_H_

#include <memory>

#include "server/core/journal.h"

namespace bursar {

/// Where in a refresh the process ends.
enum class DeathPoint {
  kBeforeBeginIsDurable,   ///< Nothing is noted, nothing sent.
  kAfterBeginIsDurable,    ///< Noted, and nothing sent.
  kBeforeCommitIsDurable,  ///< Sent and answered, and nothing kept.
  kAfterCommitIsDurable,   ///< Kept, and nobody told.
};

class DyingJournal final : public Journal {
 public:
  DyingJournal(std::unique_ptr<Journal> inner, DeathPoint point)
      : inner_(std::move(inner)), point_(point) {}

  void Write(Work work, Done done) override;
  void Read(Work work, Done done) override;

 private:
  const std::unique_ptr<Journal> inner_;
  const DeathPoint point_;
};

}  // namespace bursar

#endif  // BURSAR_TESTS_JOURNEY_UNDER_TEST_DYING_JOURNAL_H_
