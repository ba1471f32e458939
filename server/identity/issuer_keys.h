// The keys of an issuer, from where it publishes them, and again and again, for
// issuers change them. What was read last serves while the endpoint is down, up
// to a day. Borrows endpoint, executor and clock; the executor must run nothing
// once this is gone, and the endpoint must have told all it was asked.
// Thread-safe.

#ifndef BURSAR_SERVER_IDENTITY_ISSUER_KEYS_H_
#define BURSAR_SERVER_IDENTITY_ISSUER_KEYS_H_

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/time/time.h"
#include "server/base/clock.h"
#include "server/base/executor.h"
#include "server/identity/https_endpoint.h"
#include "server/identity/jwk_set.h"

namespace bursar {

class IssuerKeys {
 public:
  using Done = absl::AnyInvocable<void()>;

  /// How often they are read without need.
  static constexpr absl::Duration kPeriod = absl::Minutes(5);
  /// How soon after one that failed.
  static constexpr absl::Duration kAfterFailure = absl::Seconds(30);
  /// How often tokens with unknown keys may have them read: whoever makes such
  /// tokens up does not get to have the issuer asked each time.
  static constexpr absl::Duration kBetween = absl::Seconds(10);
  /// How long the last ones serve without the endpoint.
  static constexpr absl::Duration kLongest = absl::Hours(24);

  /// `cluster` is what the log calls them.
  IssuerKeys(std::string cluster, HttpsEndpoint& endpoint, Executor& executor,
             const Clock& clock);

  /// Reads them now, and from then on without being asked.
  void Start();

  /// Those that were read last; none if there are none that serve.
  std::shared_ptr<const JwkSet> Current(absl::Time now) const;

  /// Has them read again, unless they were just now. Tells when that is so,
  /// whatever came of it; on the caller's stack if nothing is read.
  void Refresh(absl::Time now, Done done);

 private:
  enum class Place { kLeads, kFollows, kTooSoon };

  /// Whether whoever has `done` is to ask. Takes it unless it is too soon.
  Place Join(absl::Time now, Done& done);
  void Conclude(const absl::StatusOr<Secret>& body);
  void Take(const absl::StatusOr<Secret>& body, absl::Time now);
  /// Whether the last attempt brought keys.
  bool IsFresh() const;

  const std::string cluster_;
  HttpsEndpoint& endpoint_;
  Executor& executor_;
  const Clock& clock_;

  mutable std::mutex mutex_;
  // Guarded by mutex_.
  std::shared_ptr<const JwkSet> keys_ = std::make_shared<const JwkSet>();
  absl::Time read_ = absl::InfinitePast();
  absl::Time asked_ = absl::InfinitePast();
  bool is_asking_ = false;
  std::vector<Done> waiting_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_IDENTITY_ISSUER_KEYS_H_
