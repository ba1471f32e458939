#include "server/core/revocation_notice.h"

#include <limits>

#include "server/core/event.h"

namespace bursar {
namespace {

using Why = RevocationNotice::Why;

std::optional<Why> WhyOf(const Event& event) {
  if (event.kind == event::kGrantRevoked) return Why::kRevoked;
  if (event.kind == event::kGrantSuperseded) return Why::kSuperseded;
  if (event.kind == event::kGrantDead) return Why::kConsentRequired;
  if (event.kind == event::kGrantPresumedEvicted) return Why::kPresumedEvicted;
  return std::nullopt;
}

std::optional<Why> WhyOf(const Grant& grant) {
  switch (grant.state) {
    case GrantState::kActive:
      if (grant.presumed_evicted) return Why::kPresumedEvicted;
      return std::nullopt;
    case GrantState::kConsentRequired:
      return Why::kConsentRequired;
    case GrantState::kRevoked:
      return Why::kRevoked;
    case GrantState::kSuperseded:
      return Why::kSuperseded;
  }
  return std::nullopt;
}

}  // namespace

std::optional<RevocationNotice> NoticeOf(const Event& event) {
  const std::optional<Why> why = WhyOf(event);
  if (!why) return std::nullopt;
  return RevocationNotice{event.grant, event.generation, *why, event.time};
}

std::optional<RevocationNotice> NoticeOf(const Grant& grant) {
  const std::optional<Why> why = WhyOf(grant);
  if (!why) return std::nullopt;
  return RevocationNotice{grant.id, grant.generation, *why, grant.updated};
}

RevocationNotice NoticeOfUnknown(const GrantId& grant, absl::Time now) {
  return {grant, std::numeric_limits<int64_t>::max(), Why::kUnknown, now};
}

}  // namespace bursar
