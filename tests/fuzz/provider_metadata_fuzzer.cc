// Metadata of providers: a number whose bits say what the descriptor has, then
// the document. Its issuer is https://issuer.test.

#include "server/upstream/provider_metadata.h"
#include "server/upstream/trusted_url.h"
#include "tests/fuzz/fuzz_input.h"

namespace bursar {
namespace {

Provider Undiscovered(int bits) {
  Provider provider;
  provider.issuer = "https://issuer.test";
  provider.discovered = false;
  provider.pkce = (bits & 1) == 0;
  if ((bits & 2) != 0) provider.device.emplace();
  if ((bits & 4) != 0) provider.revocation = RevocationRule{"/revoke"};
  if ((bits & 8) != 0) provider.token_endpoint = "/token";
  if ((bits & 16) != 0) {
    provider.client_authentication = ClientAuthentication::kBasic;
  }
  return provider;
}

bool IsGood(const Endpoint& endpoint) {
  return endpoint.front() == '/' || IsTrustedUrl(endpoint);
}

void CheckCompleted(const Provider& provider, const Provider& before) {
  Must(provider.discovered, "a provider is complete then");
  Must(provider.issuer == before.issuer, "no other issuer's will do");
  Must(before.pkce || !provider.pkce, "what the descriptor says stays");
  Must(before.token_endpoint.empty() ||
           provider.token_endpoint == before.token_endpoint,
       "the descriptor's endpoints stay");
  Must(provider.client_authentication != ClientAuthentication::kNone,
       "a client proves who it is");
  Must(IsGood(provider.authorization_endpoint) &&
           IsGood(provider.token_endpoint) &&
           (!provider.revocation || IsGood(provider.revocation->endpoint)) &&
           (!provider.device || IsGood(provider.device->endpoint)),
       "secrets go where they may");
}

}  // namespace
}  // namespace bursar

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  using namespace bursar;
  FuzzInput input(data, size);
  const Provider before = Undiscovered(input.Number());
  const auto provider = CompleteFromMetadata(before, input.Rest());
  if (provider.ok()) {
    CheckCompleted(*provider, before);
  } else {
    Must(!Leaks(provider.status().message()),
         "a refusal has no word of the document");
  }
  return 0;
}
