// Judgements of API servers: 0 and an answer, or 1 and a token, which stands in
// the question.

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "absl/strings/str_replace.h"
#include "server/identity/token_review.h"
#include "tests/fuzz/fuzz_input.h"

namespace bursar {
namespace {

using nlohmann::json;

const TokenIssuer& Issuer() {
  static const auto& issuer =
      *new TokenIssuer{"test", "https://cluster.test", "bursar"};
  return issuer;
}

json Read(absl::string_view text) {
  return json::parse(text.begin(), text.end(), nullptr,
                     /*allow_exceptions=*/false);
}

// "kubernetes:test/NAMESPACE/NAME" as the cluster writes it.
std::string UserNameOf(const Actor& actor) {
  return absl::StrReplaceAll(
      actor.value(),
      {{"kubernetes:test/", "system:serviceaccount:"}, {"/", ":"}});
}

void CheckNamed(const Actor& actor, absl::string_view answer) {
  json review = Read(answer);
  Must(review.is_object() && review["kind"] == "TokenReview",
       "only a review names anybody");
  json& status = review["status"];
  Must(status["authenticated"] == true, "only a good token names anybody");
  const json& audiences = status["audiences"];
  Must(audiences.is_array() && std::count(audiences.begin(), audiences.end(),
                                          Issuer().audience) > 0,
       "only a token for the audience names anybody");
  Must(status["user"]["username"] == UserNameOf(actor),
       "the account is the one that the cluster names");
}

void TryAnswer(absl::string_view answer) {
  const auto actor = ReadReview(answer, Issuer());
  if (actor.ok()) {
    CheckNamed(*actor, answer);
  } else {
    Must(absl::IsUnauthenticated(actor.status()), "a refusal is one");
    Must(!Leaks(actor.status().message()), "no word of an answer is repeated");
  }
}

void TryQuestion(absl::string_view token) {
  const Secret text = ReviewRequest(token, Issuer());
  json question = Read(text.Expose());
  Must(question.is_object() && question.size() == 3, "the question is one");
  json& spec = question["spec"];
  Must(spec.size() == 2 && spec["audiences"] == json{Issuer().audience},
       "no token asks for another audience");
  // What is no UTF-8 is no token either, and is asked about otherwise.
  const std::string same =
      json(std::string(token))
          .dump(-1, ' ', false, json::error_handler_t::replace);
  Must(spec["token"] == json::parse(same), "the question is about the token");
}

}  // namespace
}  // namespace bursar

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  using namespace bursar;
  FuzzInput input(data, size);
  if (input.Number() == 0) {
    TryAnswer(input.Rest());
  } else {
    TryQuestion(input.Rest());
  }
  return 0;
}
