// Judges the certificate that a caller's connection was opened with, at every
// call: a connection outlives what made its certificate good. Remembers its
// verdicts, so that the common call costs a look-up. Thread-safe.

#ifndef BURSAR_SERVER_IDENTITY_CERTIFICATE_JUDGE_H_
#define BURSAR_SERVER_IDENTITY_CERTIFICATE_JUDGE_H_

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
  explicit CertificateJudge(std::shared_ptr<const Trust> trust)
      : trust_(std::move(trust)) {}

  /// Goes by `trust` from now on, for certificates judged before too.
  void Replace(std::shared_ptr<const Trust> trust);

  /// Whom the certificate `own` names, if it is good at `now`; if not, the
  /// reason for the log. Both are PEM; `others` leads from it to a trusted CA,
  /// and may be left out by who showed it before, as resumed sessions do.
  absl::StatusOr<Actor> Judge(absl::string_view own, absl::string_view others,
                              absl::Time now);

 private:
  struct Verdict {
    absl::StatusOr<Actor> caller;
    // Between these the verdict stands.
    absl::Time from;
    absl::Time until;
  };
  struct Case {
    std::shared_ptr<const ShownCertificates> shown;
    Verdict verdict;
  };

  std::optional<absl::StatusOr<Actor>> Remembered(absl::string_view own,
                                                  absl::Time now) const;
  absl::StatusOr<std::shared_ptr<const ShownCertificates>> Read(
      absl::string_view own, absl::string_view others) const;
  std::shared_ptr<const Trust> trust() const;
  bool Remember(absl::string_view own, const Trust& judged_by, Case closed);

  mutable std::shared_mutex mutex_;
  // Guarded by mutex_.
  std::shared_ptr<const Trust> trust_;
  absl::flat_hash_map<std::string, Case> cases_;  // By PEM.
};

}  // namespace bursar

#endif  // BURSAR_SERVER_IDENTITY_CERTIFICATE_JUDGE_H_
