// Where browsers are sent: a provider's number, then a client's id, a state and
// scopes, which come from callers and operators.

#include <httplib.h>

#include <string>

#include "absl/strings/match.h"
#include "server/upstream/authorization_url.h"
#include "tests/fuzz/fuzz_input.h"
#include "tests/fuzz/sample_providers.h"

namespace bursar {
namespace {

// The only parameter of that name, as a provider reads it.
std::string Only(const httplib::Params& parameters, const std::string& name) {
  Must(parameters.count(name) == 1, "each parameter is there once");
  return parameters.find(name)->second;
}

}  // namespace
}  // namespace bursar

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  using namespace bursar;
  FuzzInput input(data, size);
  const Provider& provider = input.OneOf(SampleProviders());
  ClientIdentity client;
  client.client_id = std::string(input.Line());
  client.redirect_uri = "https://broker.example/callback";
  const Secret state = Secret::Copy(input.Line());
  const Scopes scopes = Scopes::Parse(input.Rest());
  if (client.client_id.empty() || state.empty() || scopes.empty()) return 0;
  const DataCenterEndpoints center{"", "https://as.example"};
  const std::string url = MakeAuthorizationUrl(provider, center, client, scopes,
                                               state, Secret::Copy("verifier"));
  Must(absl::StartsWith(url, "https://"), "browsers are sent to https");
  httplib::Params parameters;
  httplib::detail::parse_query_text(url.substr(url.find('?') + 1), parameters);
  Must(Only(parameters, "client_id") == client.client_id, "the id arrives");
  Must(Only(parameters, "state") == state.Expose(), "the state arrives");
  Must(Only(parameters, "redirect_uri") == client.redirect_uri,
       "the redirect URI arrives");
  Must(Scopes::Parse(Only(parameters, "scope")) == scopes, "the scopes arrive");
  return 0;
}
