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
  // No verdict by the former trust stands. What was shown is kept: sessions
  // that are resumed do not show it again.
  trust_ = std::move(trust);
  ++trust_number_;
}

CertificateJudge::Verdict CertificateJudge::Judge(absl::string_view own,
                                                  absl::string_view others,
                                                  absl::Time now) {
  if (auto verdict = Remembered(own, now)) return *std::move(verdict);
  const auto shown = Read(own, others);
  if (!shown.ok()) return {shown.status(), now, now};
  while (true) {
    const Numbered judged_by = trust();
    const auto good_until = judged_by.trust->Check(**shown, now);
    absl::StatusOr<Actor> caller =
        good_until.ok() ? IdentityOf(*(*shown)->own) : good_until.status();
    const absl::Time until = caller.ok() ? *good_until : now + kRefusedFor;
    const Verdict verdict{std::move(caller), now, until, judged_by.number};
    // The trust may have been replaced meanwhile.
    if (Remember(own, {*shown, verdict})) return verdict;
  }
}

std::optional<CertificateJudge::Verdict> CertificateJudge::Remembered(
    absl::string_view own, absl::Time now) const {
  const std::shared_lock lock(mutex_);
  const auto found = cases_.find(own);
  if (found == cases_.end()) return std::nullopt;
  const Verdict& verdict = found->second.verdict;
  if (!verdict.StandsAt(now, trust_number_)) return std::nullopt;
  return verdict;
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

CertificateJudge::Numbered CertificateJudge::trust() const {
  const std::shared_lock lock(mutex_);
  return {trust_, trust_number_};
}

bool CertificateJudge::Remember(absl::string_view own, Case closed) {
  const std::lock_guard lock(mutex_);
  if (closed.verdict.trust_number != trust_number_) return false;
  if (cases_.size() >= kMaxCases) cases_.clear();
  cases_.insert_or_assign(std::string(own), std::move(closed));
  return true;
}

}  // namespace bursar
