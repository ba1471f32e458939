// Whether a token will do, or what else to do about a grant: the decisions of a
// refresh, without its doing. Pure; no locking.

#ifndef BURSAR_SERVER_CORE_FRESHNESS_H_
#define BURSAR_SERVER_CORE_FRESHNESS_H_

#include <cstdint>
#include <optional>
#include <variant>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "server/core/types.h"
#include "server/core/upstream.h"

namespace bursar {

/// What a caller needs of a grant's token.
struct Need {
  absl::Duration min_ttl;
  /// Set: the generation that the API refused; only a newer one will do.
  std::optional<int64_t> failed_generation;
  /// What the token must cover, where a provider narrows; empty: whatever it
  /// does.
  Scopes scopes = {};
};

/// A grant's newest token as far as a decision needs it.
struct TokenLife {
  int64_t generation = 0;
  absl::Time obtained;
  absl::Time expiry;
};

/// Whether the token meets the need.
bool Meets(const TokenLife& token, const Need& need, absl::Time now);

/// Whether the token may be served where nothing better is to be had: it lives,
/// and the API has not refused it.
bool Serves(const TokenLife& token, const Need& need, absl::Time now);

/// What to do about a grant.
struct UseNewest {};
struct AskProvider {};
using Decision = std::variant<UseNewest, AskProvider, absl::Status>;

/// Decides from the ledger's word alone: the grant's state, its pause after a
/// failure, its client's standing at its data centre. A status is the refusal
/// to answer with.
Decision Decide(const Grant& grant, const Client& client,
                const std::optional<TokenLife>& newest, const Need& need,
                absl::Time now);

/// The refusal of a need that the provider's tokens never meet, going by the
/// newest one's whole life; nothing if that would do or has ended.
std::optional<absl::Status> RefusalOfMinTtl(const TokenLife& newest,
                                            const Need& need, absl::Time now);

/// The refusal for a grant that yields no tokens.
absl::Status RefusalOfState(const Grant& grant);

/// The refusal while the provider is left alone.
absl::Status RefusalOfPause(const Grant::Pause& pause, absl::Time now);

/// The refusal of a client that the provider rejects.
absl::Status RefusalOfMisconfiguration(const std::string& detail);

/// The reason that callers are told for each trouble with an answer.
Reason ReasonOf(Trouble trouble);

/// How long to leave the provider alone after the `failures`th failure in a row
/// (from 1), if it did not say: 1 s doubling to 1 minute.
absl::Duration BackOff(int64_t failures);

/// How long a misconfigured client is left alone before its settings are tried
/// unchanged once more: the mistake may have been the provider's.
inline constexpr absl::Duration kMisconfigurationPause = absl::Minutes(5);

}  // namespace bursar

#endif  // BURSAR_SERVER_CORE_FRESHNESS_H_
