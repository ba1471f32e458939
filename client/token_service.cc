#include "client/token_service.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "client/errors.h"
#include "client/status.h"

namespace bursar::client {
namespace {

RetryingCall::Deadline DeadlineIn(absl::Duration duration) {
  return std::chrono::steady_clock::now() + absl::ToChronoNanoseconds(duration);
}

// Says nothing about the grant: a token that lives is still good.
bool IsTrouble(const absl::Status& status) {
  return absl::IsUnavailable(status) || absl::IsDeadlineExceeded(status) ||
         absl::IsResourceExhausted(status);
}

// The broker gives this caller no token of this grant any more.
bool IsRefusal(const absl::Status& status) {
  return absl::IsFailedPrecondition(status) || absl::IsNotFound(status) ||
         absl::IsPermissionDenied(status) || absl::IsUnauthenticated(status);
}

// A failure of the flight that a waiter joined, which need not be its own: the
// flight's deadline was earlier, or what it asked for was more.
bool MayBeAnothers(const absl::Status& status) {
  return absl::IsUnavailable(status) || absl::IsDeadlineExceeded(status) ||
         absl::IsOutOfRange(status);
}

void AttachConsent(absl::Status& status, const Consent& consent) {
  v1::BeginConsentResponse begun;
  begun.set_authorization_url(consent.authorization_url);
  begun.mutable_expire_time()->set_seconds(
      absl::ToUnixSeconds(consent.expire_time));
  AttachPayload(status, begun);
}

}  // namespace

TokenService::TokenService(TokenClientOptions options,
                           const std::shared_ptr<grpc::Channel>& channel)
    : options_(std::move(options)),
      fetcher_(channel, options_.retry),
      table_(options_.refresh_ahead),
      listener_(channel, options_.retry, table_, options_.now) {}

TokenService::TokenPtr TokenService::Find(const TokenKey& key,
                                          absl::Duration min_ttl) const {
  return table_.Find(key, min_ttl, options_.now());
}

void TokenService::Get(const TokenKey& key, absl::Duration min_ttl,
                       Callback done) {
  if (TokenPtr token = Find(key, min_ttl)) return done(std::move(token));
  Start(key, {min_ttl, DeadlineIn(options_.deadline), std::move(done)});
}

void TokenService::Refuse(const Token& token) { table_.Refuse(token); }

void TokenService::Forget(const TokenKey& key) {
  flights_.Forget(key);
  table_.Forget(key);
}

void TokenService::Sweep() {
  for (const TokenTable::Due& due : table_.Sweep(options_.now())) {
    FlightPtr flight = flights_.Ahead(due, DeadlineIn(options_.deadline));
    if (flight) Lead(flight);
  }
  Listen();
}

void TokenService::Close() {
  flights_.Close();
  listener_.Close();
}

void TokenService::Listen() {
  if (options_.watch_revocations) listener_.Tend(shared_from_this());
}

void TokenService::Start(const TokenKey& key, Waiter waiter) {
  FlightPtr flight = flights_.Join(key, table_.Refused(key), std::move(waiter));
  if (flight) Lead(flight);
}

void TokenService::Lead(const FlightPtr& flight) {
  if (!flight->ahead) {
    // Another flight may have landed between the look and the take-off.
    TokenPtr token = Find(flight->key, flight->min_ttl);
    if (token) return Land(flight, std::move(token));
  }
  Fetcher::Ask ask{flight->key, flight->min_ttl, flight->refused,
                   flight->deadline};
  // With a living token at hand nobody needs to wait for a second attempt.
  ask.repeat = table_.Living(flight->key, options_.now()) == nullptr;
  auto call =
      fetcher_.Fetch(ask, [self = shared_from_this(), flight](Result result) {
        self->OnFetched(flight, std::move(result));
      });
  flights_.Attach(flight, call);
  call->Start();
}

void TokenService::OnFetched(const FlightPtr& flight, Result result) {
  const bool forgotten = flights_.Forgotten(flight);
  if (result.ok()) {
    if (!forgotten) {
      result = table_.Put(*std::move(result), options_.now());
      // Forget may have come between the look and the deed.
      if (flights_.Forgotten(flight)) table_.Forget(flight->key);
      Listen();
    }
    return Land(flight, result);
  }
  if (IsTrouble(result.status())) return OnTrouble(flight, result.status());
  if (IsRefusal(result.status()) && !forgotten) table_.DropToken(flight->key);
  if (ErrorReason(result.status()) == "CONSENT_REQUIRED") {
    return OnConsentRequired(flight, result.status());
  }
  Land(flight, result);
}

void TokenService::OnTrouble(const FlightPtr& flight, absl::Status status) {
  const absl::Time now = options_.now();
  TokenPtr token = table_.Living(flight->key, now);
  if (!token) return Land(flight, std::move(status));
  table_.Pause(flight->key,
               std::max(options_.retry.max_backoff,
                        RetryDelay(status).value_or(absl::ZeroDuration())),
               now);
  Land(flight, std::move(token));
}

void TokenService::OnConsentRequired(const FlightPtr& flight,
                                     absl::Status status) {
  AttachPayload(status, ConsentRequest(flight->key));
  if (!options_.begin_consent) return Land(flight, std::move(status));
  const auto known = table_.FindConsent(flight->key, options_.now());
  if (known.has_value()) {
    AttachConsent(status, *known);
    return Land(flight, std::move(status));
  }
  auto call = fetcher_.BeginConsent(
      flight->key, flight->deadline,
      [self = shared_from_this(), flight,
       status](absl::StatusOr<Consent> begun) mutable {
        if (begun.ok()) {
          AttachConsent(status, *begun);
          self->table_.PutConsent(flight->key, *std::move(begun),
                                  self->options_.now());
        }
        self->Land(flight, std::move(status));
      });
  flights_.Attach(flight, call);
  call->Start();
}

void TokenService::Land(const FlightPtr& flight, const Result& result) {
  bool leader = !flight->ahead;
  for (Waiter& waiter : flights_.Land(flight)) {
    const bool again = !result.ok() && !leader && !waiter.joined &&
                       MayBeAnothers(result.status()) &&
                       waiter.deadline > std::chrono::steady_clock::now();
    leader = false;
    if (again) {
      waiter.joined = true;
      Start(flight->key, std::move(waiter));
    } else {
      waiter.done(result);
    }
  }
}

}  // namespace bursar::client
