// What the rules' outcomes look like on the wire.

#ifndef BURSAR_SANDBOX_ANSWERS_H_
#define BURSAR_SANDBOX_ANSWERS_H_

#include <httplib.h>

#include <nlohmann/json.hpp>

#include "sandbox/outcome.h"
#include "sandbox/tokens.h"
#include "sandbox/world.h"

namespace bursar::sandbox {

struct Answer {
  int status = 200;
  /// Null: none.
  nlohmann::json body;
};

/// A refusal as the provider's persona words it; counts throttled ones.
Answer RefusalAnswer(Provider& provider, Refusal refusal);

/// A token answer (RFC 6749 section 5.1).
Answer TokenAnswer(const Provider& provider, const Tokens::Minted& minted);

/// A duration in the unit of the persona; in seconds where it has none.
int64_t InUnit(absl::Duration duration, ExpiryUnit unit);

/// Puts `answer` into `response`, not to be kept by any cache.
void Send(const Answer& answer, httplib::Response& response);

}  // namespace bursar::sandbox

#endif  // BURSAR_SANDBOX_ANSWERS_H_
