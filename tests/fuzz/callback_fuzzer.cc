// Redirects: 0 and a query, or 1 and a fragment that a page of ours handed on.

#include <httplib.h>

#include <string>

#include "server/core/fragment.h"
#include "server/web/callback.h"
#include "tests/fuzz/consent_world.h"
#include "tests/fuzz/fuzz_input.h"

namespace bursar {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'700'000'060);

ConsentWorld& World() {
  static auto& world = *new ConsentWorld;
  return world;
}

// The one value of that name; empty where there is none, or several.
std::string Only(const CallbackQuery& query, const std::string& name) {
  return query.count(name) == 1 ? query.find(name)->second : "";
}

void CheckConnected(const CallbackQuery& query) {
  Must(Only(query, "state") == World().code_state(),
       "only who holds the state completes a consent");
  Must(!Only(query, "code").empty(), "a consent takes a code");
  Must(Only(query, "error").empty(), "an error is no consent");
  const std::string server = Only(query, "accounts-server");
  Must(server.empty() || DataCenterOf(World().provider(), server),
       "no code is sent to a server that is not the provider's");
  const std::string issuer = Only(query, "iss");
  Must(issuer.empty() || issuer == World().provider().issuer,
       "no code of another issuer is taken");
}

void TryQuery(const std::string& text) {
  httplib::Params parameters;
  httplib::detail::parse_query_text(text, parameters);
  const CallbackQuery sent(parameters.begin(), parameters.end());
  CallbackQuery query = sent;
  const Answered answered = World().Try([&query](Consent& consent) {
    return HandleCallback(query, consent, kNow, absl::ZeroDuration());
  });
  if (answered.outcome == Outcome::kConnected) CheckConnected(sent);
  Must(answered.outcome != Outcome::kInternal, "nobody is told of a mistake");
}

void TryFragment(absl::string_view text) {
  const Answered answered = World().Try([text](Consent& consent) {
    return HandleFragment(text, consent, kNow, absl::ZeroDuration());
  });
  if (answered.outcome == Outcome::kConnected) {
    const auto fragment = ParseFragment(text);
    Must(fragment && fragment->redirect.state.Expose() == World().token_state(),
         "only who holds the state completes a consent");
  }
  Must(answered.outcome != Outcome::kInternal, "nobody is told of a mistake");
}

}  // namespace
}  // namespace bursar

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  using namespace bursar;
  FuzzInput input(data, size);
  if (input.Number() == 0) {
    TryQuery(std::string(input.Rest()));
  } else {
    TryFragment(input.Rest());
  }
  return 0;
}
