// Scopes: a provider's number, those that are held, and those that are wanted.

#include "server/core/scope.h"
#include "tests/fuzz/fuzz_input.h"
#include "tests/fuzz/sample_providers.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  using namespace bursar;
  FuzzInput input(data, size);
  const ScopeGrammar& grammar = input.OneOf(SampleProviders()).scopes;
  const Scopes held = Scopes::Parse(input.Line());
  const Scopes wanted = Scopes::Parse(input.Rest());
  for (const Scopes& scopes : {held, wanted}) {
    Must(Scopes::Parse(scopes.Join(grammar.separator)) == scopes,
         "what is joined is what was read");
    Must(Covers(scopes, scopes, grammar), "whatever is held covers itself");
    Must(Covers(scopes, Scopes(), grammar), "nothing is covered by anything");
    Must(scopes.empty() || !Covers(Scopes(), scopes, grammar),
         "nothing covers nothing else");
  }
  if (Covers(held, wanted, grammar)) {
    for (const std::string& name : wanted.names()) {
      Must(Covers(held, Scopes({name}), grammar), "all means each");
    }
  }
  return 0;
}
