// Bearer credentials, whatever they are, a line each: the first ways through
// API keys and tokens, before any signature is looked at, and what is
// remembered from one to the next.

#include <optional>
#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "server/base/random.h"
#include "server/core/journal.h"
#include "server/identity/api_keys.h"
#include "server/identity/bearer_tokens.h"
#include "server/identity/jwt.h"
#include "tests/fuzz/fuzz_input.h"
#include "tests/fuzz/openssl_thread.h"

namespace bursar {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'750'000'000);
constexpr absl::string_view kIssuer = "https://cluster.test";

// Makes texts of canaries, which differ in their first letters.
class CanaryRandom final : public Random {
 public:
  void Fill(absl::Span<unsigned char> bytes) override {
    std::string canary;
    absl::WebSafeBase64Unescape(kCanary, &canary);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      bytes[i] = static_cast<unsigned char>(canary[i % canary.size()]);
    }
    bytes[0] = ++count_;
  }

 private:
  unsigned char count_ = 0;
};

// Keeps nothing, and says that it is done.
class NoJournal final : public Journal {
 public:
  void Write(Work, Done done) override { done(absl::OkStatus()); }
  void Read(Work, Done done) override { done(absl::OkStatus()); }
};

// One key that is good, and one that was.
class Keys {
 public:
  Keys() : good_(Create(absl::Hours(1))) { Create(-absl::Hours(1)); }

  ApiKeys& keys() { return keys_; }
  const std::string& good() const { return good_; }

 private:
  std::string Create(absl::Duration life) {
    std::string text;
    keys_.Create("batch", life, Actor("operator"), kNow,
                 [&text](absl::StatusOr<ApiKeys::Made> made) {
                   text = std::string(made->text.Expose());
                 });
    return text;
  }

  NoJournal journal_;
  CanaryRandom random_;
  ApiKeys keys_{journal_, random_};
  const std::string good_;
};

Keys& TheKeys() {
  static auto& keys = *new Keys;
  return keys;
}

// Takes a token at its word; one of an unknown key only when asked again.
class CredulousJudge final : public TokenJudge {
 public:
  const TokenIssuer& issuer() const override { return issuer_; }

  std::optional<Verdict> AtHand(const Jwt& token, absl::Time now) override {
    if (token.key_id != "key") return std::nullopt;
    return Judge(token, now);
  }
  void Find(absl::string_view text, Jwt token, absl::Time now,
            Done done) override {
    const auto read = ParseJwt(text);
    Must(read.ok() && read->signed_text == token.signed_text,
         "the judge has what the bearer showed");
    done(Judge(token, now));
  }

 private:
  Verdict Judge(const Jwt& token, absl::Time now) const {
    Must(token.issuer == kIssuer, "a judge is asked about its issuer's alone");
    if (token.subject.empty()) return absl::UnauthenticatedError("nobody");
    return Identified{Actor(absl::StrCat("judged:", token.subject)),
                      now + absl::Minutes(1)};
  }

  const TokenIssuer issuer_{"test", std::string(kIssuer), "bursar"};
};

void CheckTaken(const Actor& actor, absl::string_view text) {
  if (absl::StartsWith(text, "bursar_")) {
    Must(text == TheKeys().good(), "one text is the key");
    Must(actor.value() == "api-key:batch", "a key makes the caller it is for");
    return;
  }
  const auto token = ParseJwt(text);
  Must(token.ok() && token->issuer == kIssuer, "a token has a judge");
  Must(actor.value() == absl::StrCat("judged:", token->subject),
       "a verdict is about its own token");
}

BearerTokens::Verdict Judge(BearerTokens& tokens, absl::string_view text) {
  if (auto verdict = tokens.AtHand(text, kNow)) return *std::move(verdict);
  std::optional<BearerTokens::Verdict> found;
  tokens.Find(text, kNow, [&found](auto verdict) { found = verdict; });
  Must(found.has_value(), "who asks is told");
  return *std::move(found);
}

void TryCredential(BearerTokens& tokens, absl::string_view text) {
  const auto verdict = Judge(tokens, text);
  MustLeaveNoOpenSslError("who judges a credential");
  if (verdict.ok()) {
    CheckTaken(*verdict, text);
  } else {
    Must(text != TheKeys().good(), "a good key is good");
    Must(!Leaks(verdict.status().message()),
         "no word of a credential is repeated");
  }
  const auto again = tokens.AtHand(text, kNow);
  Must(again && again->ok() == verdict.ok() &&
           (!verdict.ok() || **again == *verdict),
       "what was asked about is at hand, and the same");
}

}  // namespace
}  // namespace bursar

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  using namespace bursar;
  static auto& judge = *new CredulousJudge;
  static auto& random = *new SystemRandom;
  FuzzInput input(data, size);
  {
    BearerTokens tokens(&TheKeys().keys(), {&judge}, random);
    do {
      TryCredential(tokens, input.Line());
    } while (!input.Rest().empty());
  }
  ForgetOpenSslThread();
  return 0;
}
