#include "server/identity/bearer_tokens.h"

#include <utility>

#include "absl/status/status.h"
#include "server/identity/digest.h"

namespace bursar {
namespace {

constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kGoodVerdicts = 65'536;
constexpr std::size_t kRefusals = 4096;

absl::Status NoJudge() {
  return absl::UnauthenticatedError(
      "the token's issuer is not one that is taken");
}

BearerTokens::Verdict WithoutEnd(TokenJudge::Verdict verdict) {
  if (!verdict.ok()) return verdict.status();
  return std::move(verdict->actor);
}

}  // namespace

BearerTokens::BearerTokens(ApiKeys* api_keys, std::vector<TokenJudge*> judges,
                           Random& random)
    : api_keys_(api_keys),
      judges_(std::move(judges)),
      digest_key_(Secret::Take(RandomText(random, kKeyBytes))),
      good_(kGoodVerdicts),
      refused_(kRefusals) {}

std::optional<BearerTokens::Verdict> BearerTokens::AtHand(
    absl::string_view text, absl::Time now) {
  if (ApiKeys::IsOne(text)) {
    if (api_keys_ != nullptr) return api_keys_->Judge(text, now);
    return Verdict(absl::UnauthenticatedError("no API keys are taken"));
  }
  if (judges_.empty()) return Verdict(NoJudge());
  const std::string digest = KeyedDigest(digest_key_, text);
  if (auto good = good_.Find(digest, now)) return good;
  if (auto refused = refused_.Find(digest, now)) return refused;
  const absl::StatusOr<Jwt> token = ParseJwt(text);
  if (!token.ok()) return Verdict(token.status());
  TokenJudge* judge = JudgeOf(*token);
  if (judge == nullptr) return Verdict(NoJudge());
  std::optional<TokenJudge::Verdict> verdict = judge->AtHand(*token, now);
  if (!verdict) return std::nullopt;
  // A refusal that took no asking is made again as cheaply as it is found.
  if (verdict->ok()) Remember(digest, *verdict, now);
  return WithoutEnd(*std::move(verdict));
}

void BearerTokens::Find(absl::string_view text, absl::Time now, Done done) {
  absl::StatusOr<Jwt> token = ParseJwt(text);
  TokenJudge* judge = token.ok() ? JudgeOf(*token) : nullptr;
  if (judge == nullptr) {
    return done(token.ok() ? NoJudge() : token.status());
  }
  judge->Find(text, *std::move(token), now,
              [this, digest = KeyedDigest(digest_key_, text), now,
               done = std::move(done)](TokenJudge::Verdict verdict) mutable {
                Remember(digest, verdict, now);
                done(WithoutEnd(std::move(verdict)));
              });
}

TokenJudge* BearerTokens::JudgeOf(const Jwt& token) const {
  for (TokenJudge* judge : judges_) {
    if (judge->issuer().issuer == token.issuer) return judge;
  }
  return nullptr;
}

void BearerTokens::Remember(const std::string& digest,
                            const TokenJudge::Verdict& verdict,
                            absl::Time now) {
  if (verdict.ok()) {
    good_.Put(digest, verdict->actor, verdict->until, now);
  } else {
    refused_.Put(digest, verdict.status(), now + kRefusalStands, now);
  }
}

}  // namespace bursar
