// Answers of token endpoints: a provider's number, then an answer.

#include <variant>

#include "server/upstream/token_response.h"
#include "tests/fuzz/fuzz_input.h"
#include "tests/fuzz/sample_providers.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  using namespace bursar;
  FuzzInput input(data, size);
  const Provider& provider = input.OneOf(SampleProviders());
  const HttpAnswer answer = TakeAnswer(input);
  const RedeemResult result = ReadTokenAnswer(answer, provider, kSent, kNow);
  CheckResult(result, provider);
  if (answer.status == 429) {
    Must(!std::holds_alternative<Dead>(result),
         "429 kills no grant, whatever it says");
  }
  return 0;
}
