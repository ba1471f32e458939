// Answers of revocation endpoints: a provider's number, then an answer.

#include "server/upstream/revoke_response.h"
#include "tests/fuzz/fuzz_input.h"
#include "tests/fuzz/sample_providers.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  using namespace bursar;
  FuzzInput input(data, size);
  const Provider& provider = input.OneOf(SampleProviders());
  const HttpAnswer answer = TakeAnswer(input);
  const RevokeResult result = ReadRevokeAnswer(answer, provider);
  if (result == RevokeResult::kConfirmed) {
    Must(answer.status >= 200 && answer.status < 300,
         "only a success confirms");
  }
  if (answer.status == 429) {
    Must(result == RevokeResult::kTryAgain, "429 says to come again");
  }
  return 0;
}
