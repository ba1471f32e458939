#include "server/rpc/connection_callers.h"

#include <cstddef>
#include <mutex>
#include <utility>

namespace bursar {
namespace {

// A few kilobytes each, held when the connection is long gone: nobody says when
// one ends.
constexpr std::size_t kMostKnown = 1024;

}  // namespace

std::optional<Actor> ConnectionCallers::Find(const Handshake& handshake,
                                             absl::Time now,
                                             int64_t trust_number) const {
  const std::shared_lock lock(mutex_);
  const auto found = known_.find(handshake.get());
  if (found == known_.end()) return std::nullopt;
  const CertificateJudge::Verdict& verdict = found->second.verdict;
  if (!verdict.StandsAt(now, trust_number)) return std::nullopt;
  return *verdict.caller;
}

void ConnectionCallers::Note(Handshake handshake,
                             CertificateJudge::Verdict verdict) {
  const grpc_auth_context* const connection = handshake.get();
  const std::lock_guard lock(mutex_);
  if (known_.size() >= kMostKnown) known_.clear();
  known_.insert_or_assign(connection,
                          Known{std::move(handshake), std::move(verdict)});
}

}  // namespace bursar
