// Fragments of redirects: a provider's number, then the fragment.

#include <variant>

#include "server/core/fragment.h"
#include "server/upstream/token_response.h"
#include "tests/fuzz/fuzz_input.h"
#include "tests/fuzz/sample_providers.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  using namespace bursar;
  FuzzInput input(data, size);
  const Provider& provider = input.OneOf(SampleProviders());
  const auto fragment = ParseFragment(input.Rest());
  if (!fragment) return 0;
  Must(!fragment->redirect.state.empty(), "a fragment has a state");
  Must(fragment->error.empty() == fragment->redirect.token.has_value(),
       "a fragment has an error or a token");
  if (!fragment->redirect.token) return 0;
  Must(fragment->redirect.token->parameters.count("access_token") == 0,
       "the token stands in one place");
  const RedeemResult result =
      ReadFragmentToken(*fragment->redirect.token, provider, kNow);
  CheckResult(result, provider);
  if (const auto* granted = std::get_if<Granted>(&result)) {
    Must(!granted->refresh_token, "a fragment brings no refresh token");
  }
  return 0;
}
