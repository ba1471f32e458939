// Key sets of issuers.

#include "server/identity/jwk_set.h"
#include "tests/fuzz/fuzz_input.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  using namespace bursar;
  const auto keys = JwkSet::Parse(FuzzInput(data, size).Rest());
  if (!keys.ok()) {
    Must(!Leaks(keys.status().message()), "no word of a set is repeated");
    return 0;
  }
  Must(keys->size() > 0, "a set has a key");
  for (const char* algorithm :
       {"none", "HS256", "HS384", "HS512", "", "ES256", "PS384", "RS512"}) {
    const PublicKey* key = keys->Find("key", algorithm);
    for (const char* signature : {"", "anybody's"}) {
      Must(key == nullptr || !key->Verifies(algorithm, "text", signature),
           "no key takes a signature that anybody can make");
    }
  }
  return 0;
}
