// Judges the certificate that a caller's connection was opened with, at every
// call: a connection outlives what made its certificate good. Remembers its
// verdicts, so that a new connection of a known caller costs a look-up.
// Thread-safe.

#ifndef BURSAR_SERVER_IDENTITY_CERTIFICATE_JUDGE_H_
#define BURSAR_SERVER_IDENTITY_CERTIFICATE_JUDGE_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "server/core/types.h"
#include "server/identity/trust.h"

namespace bursar {

class CertificateJudge {
 public:
  struct Verdict {
    /// Whom the certificate names, if it is good; if not, the reason for the
    /// log.
    absl::StatusOr<Actor> caller;
    /// It stands from then until before then, by the trust of this number.
    absl::Time from;
    absl::Time until;
    int64_t trust_number = 0;

    bool StandsAt(absl::Time now, int64_t trust_in_force) const {
      // Before `from`: the clock was set back.
      return trust_number == trust_in_force && now >= from && now < until;
    }
  };

  explicit CertificateJudge(std::shared_ptr<const Trust> trust)
      : trust_(std::move(trust)) {}

  /// Goes by `trust` from now on, for certificates judged before too.
  void Replace(std::shared_ptr<const Trust> trust);

  /// Of the trust in force: another after each Replace.
  int64_t trust_number() const { return trust_number_; }

  /// Judges the certificate `own` at `now`. Both are PEM; `others` leads from
  /// it to a trusted CA, and may be left out by who showed it before, as
  /// resumed sessions do.
  Verdict Judge(absl::string_view own, absl::string_view others,
                absl::Time now);

 private:
  struct Numbered {
    std::shared_ptr<const Trust> trust;
    int64_t number = 0;
  };
  struct Case {
    std::shared_ptr<const ShownCertificates> shown;
    Verdict verdict;
  };

  std::optional<Verdict> Remembered(absl::string_view own,
                                    absl::Time now) const;
  absl::StatusOr<std::shared_ptr<const ShownCertificates>> Read(
      absl::string_view own, absl::string_view others) const;
  Numbered trust() const;
  bool Remember(absl::string_view own, Case closed);

  mutable std::shared_mutex mutex_;
  // Guarded by mutex_.
  std::shared_ptr<const Trust> trust_;
  std::atomic<int64_t> trust_number_{0};          // Written with mutex_ held.
  absl::flat_hash_map<std::string, Case> cases_;  // By PEM.
};

}  // namespace bursar

#endif  // BURSAR_SERVER_IDENTITY_CERTIFICATE_JUDGE_H_
