#include "server/identity/certificate_judge.h"

#include <cstddef>
#include <mutex>

#include "server/identity/certificate_identity.h"
#include "server/identity/pem.h"

namespace bursar {
namespace {

// A few kilobytes each.
constexpr std::size_t kMaxCases = 4096;

// A refusal stands that long, so that who insists costs a look-up as well.
constexpr absl::Duration kRefusedFor = absl::Seconds(1);

}  // namespace

void CertificateJudge::Replace(std::shared_ptr<const Trust> trust) {
  const std::lock_guard lock(mutex_);
  trust_ = std::move(trust);
  // What was shown is kept: sessions that are resumed do not show it again.
  for (auto& [own, remembered] : cases_) {
    remembered.verdict.until = absl::InfinitePast();
  }
}

absl::StatusOr<Actor> CertificateJudge::Judge(absl::string_view own,
                                              absl::string_view others,
                                              absl::Time now) {
  if (auto caller = Remembered(own, now)) return *std::move(caller);
  const auto shown = Read(own, others);
  if (!shown.ok()) return shown.status();
  while (true) {
    const std::shared_ptr<const Trust> judged_by = trust();
    const auto good_until = judged_by->Check(**shown, now);
    absl::StatusOr<Actor> caller =
        good_until.ok() ? IdentityOf(*(*shown)->own) : good_until.status();
    const absl::Time until = caller.ok() ? *good_until : now + kRefusedFor;
    // The trust may have been replaced meanwhile.
    if (Remember(own, *judged_by, {*shown, {caller, now, until}})) {
      return caller;
    }
  }
}

std::optional<absl::StatusOr<Actor>> CertificateJudge::Remembered(
    absl::string_view own, absl::Time now) const {
  const std::shared_lock lock(mutex_);
  const auto found = cases_.find(own);
  if (found == cases_.end()) return std::nullopt;
  const Verdict& verdict = found->second.verdict;
  // Before: the clock was set back.
  if (now < verdict.from || now >= verdict.until) return std::nullopt;
  return verdict.caller;
}

absl::StatusOr<std::shared_ptr<const ShownCertificates>> CertificateJudge::Read(
    absl::string_view own, absl::string_view others) const {
  if (others.empty()) {
    const std::shared_lock lock(mutex_);
    const auto found = cases_.find(own);
    if (found != cases_.end()) return found->second.shown;
  }
  auto shown = std::make_shared<ShownCertificates>();
  auto read = CertificatesIn(own);
  if (!read.ok()) return read.status();
  shown->own = std::move(read->front());
  if (!others.empty()) {
    auto chain = CertificatesIn(others);
    if (!chain.ok()) return chain.status();
    shown->others = *std::move(chain);
  }
  return shown;
}

std::shared_ptr<const Trust> CertificateJudge::trust() const {
  const std::shared_lock lock(mutex_);
  return trust_;
}

bool CertificateJudge::Remember(absl::string_view own, const Trust& judged_by,
                                Case closed) {
  const std::lock_guard lock(mutex_);
  if (trust_.get() != &judged_by) return false;
  if (cases_.size() >= kMaxCases) cases_.clear();
  cases_.insert_or_assign(std::string(own), std::move(closed));
  return true;
}

}  // namespace bursar
