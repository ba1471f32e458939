// Tokens of service accounts: 0 and a token as it came, or 1, a header and the
// claims, which are signed with a key that the issuer has.

#include <string>

#include "absl/strings/match.h"
#include "server/identity/jwt.h"
#include "server/identity/service_account.h"
#include "tests/fakes/signing_key.h"
#include "tests/fuzz/fuzz_input.h"
#include "tests/fuzz/openssl_thread.h"

namespace bursar {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'750'000'000);

const SigningKey& Key() {
  static const auto& key = *new SigningKey(SigningKey::Ec("P-256"));
  return key;
}

const JwkSet& Keys() {
  static const auto& keys =
      *new JwkSet(*JwkSet::Parse(KeySetOf({Key().Jwk("key")})));
  return keys;
}

void CheckIdentified(const Identified& identified, const Jwt& token) {
  Must(absl::StartsWith(identified.actor.value(), "kubernetes:test/"),
       "a token makes a service account of its bearer");
  Must(token.expiry && identified.until <= *token.expiry &&
           identified.until > kNow,
       "nobody is believed for longer than their token lives");
  Must(token.issuer == "https://cluster.test", "the issuer is the cluster");
}

void TryToken(const std::string& text, bool is_signed) {
  const auto token = ParseJwt(text);
  if (!token.ok()) {
    Must(!Leaks(token.status().message()), "no word of a token is repeated");
    return;
  }
  const absl::Status verified = VerifySignature(*token, Keys());
  MustLeaveNoOpenSslError("who verifies a signature");
  Must(!Leaks(verified.message()), "no word of a token is repeated");
  if (verified.ok()) {
    Must(is_signed && token->algorithm == "ES256" && token->key_id == "key",
         "only the key that is named signs, as it may");
  }
  const TokenIssuer issuer{"test", "https://cluster.test", "bursar"};
  const auto identified = JudgeClaims(*token, issuer, kNow);
  if (identified.ok()) {
    CheckIdentified(*identified, *token);
  } else {
    Must(!Leaks(identified.status().message()),
         "no word of a token is repeated");
  }
}

}  // namespace
}  // namespace bursar

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  using namespace bursar;
  FuzzInput input(data, size);
  if (input.Number() == 0) {
    TryToken(std::string(input.Rest()), /*is_signed=*/false);
  } else {
    const std::string header(input.Line());
    TryToken(Key().Token("ES256", header, std::string(input.Rest())),
             /*is_signed=*/true);
  }
  ForgetOpenSslThread();
  return 0;
}
