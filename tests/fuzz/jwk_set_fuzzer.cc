// Key sets of issuers.

#include "server/identity/jwk_set.h"
#include "tests/fuzz/fuzz_input.h"
#include "tests/fuzz/openssl_thread.h"

namespace bursar {
namespace {

void TryKeySet(absl::string_view text) {
  const auto keys = JwkSet::Parse(text);
  MustLeaveNoOpenSslError("who reads a key set");
  if (!keys.ok()) {
    Must(!Leaks(keys.status().message()), "no word of a set is repeated");
    return;
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
  MustLeaveNoOpenSslError("who verifies a signature");
}

}  // namespace
}  // namespace bursar

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  using namespace bursar;
  TryKeySet(FuzzInput(data, size).Rest());
  ForgetOpenSslThread();
  return 0;
}
