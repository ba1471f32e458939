#include "server/upstream/discovery.h"

#include <algorithm>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "server/base/log.h"
#include "server/upstream/provider_metadata.h"

namespace bursar {
namespace {

constexpr absl::Duration kLongestWait = absl::Minutes(5);

// How many URLs MetadataUrls gives.
constexpr int64_t kPlaces = 2;

// What a search has in hand; copied from one attempt to the next.
struct Search {
  Providers& providers;
  Transport& transport;
  Executor& executor;
  ProviderName name;
  int64_t attempt = 0;
};

absl::StatusOr<Provider> CompleteFrom(const HttpResult& result,
                                      const Provider& provider) {
  const auto* answer = std::get_if<HttpAnswer>(&result);
  if (answer == nullptr) return absl::UnavailableError("no answer came");
  // RFC 8414 section 3.2.
  if (answer->status != 200) {
    return absl::UnavailableError(
        absl::StrCat("the answer's status is ", answer->status));
  }
  return CompleteFromMetadata(provider, answer->body.Expose());
}

void Fetch(Search search);

void Conclude(Search search, const HttpResult& result) {
  absl::StatusOr<Provider> provider =
      CompleteFrom(result, *search.providers.Find(search.name));
  if (provider.ok()) {
    search.providers.Replace(*std::move(provider));
    log::Info("provider.discovered", {{"provider", search.name.value()}});
    return;
  }
  const absl::Duration pause = PauseBeforeDiscovery(++search.attempt);
  log::Warning("provider.undiscovered", {{"provider", search.name.value()},
                                         {"why", provider.status().message()},
                                         {"again_in", pause}});
  Executor& executor = search.executor;
  executor.After(pause, [search = std::move(search)] { Fetch(search); });
}

void Fetch(Search search) {
  const std::vector<std::string> urls =
      MetadataUrls(search.providers.Find(search.name)->issuer);
  HttpRequest request;
  request.method = HttpMethod::kGet;
  request.url = Secret::Copy(urls.at(search.attempt % kPlaces));
  request.headers.push_back({"Accept", Secret::Copy("application/json")});
  Transport& transport = search.transport;
  transport.Send(std::move(request),
                 [search = std::move(search)](const HttpResult& result) {
                   Conclude(search, result);
                 });
}

}  // namespace

absl::Duration PauseBeforeDiscovery(int64_t attempt) {
  if (attempt % kPlaces != 0 || attempt == 0) return absl::ZeroDuration();
  const int64_t doublings = std::min<int64_t>(attempt / kPlaces - 1, 9);
  return std::min(absl::Seconds(int64_t{1} << doublings), kLongestWait);
}

void StartDiscovery(Providers& providers, Transport& transport,
                    Executor& executor) {
  for (ProviderName& name : providers.Undiscovered()) {
    Fetch({providers, transport, executor, std::move(name)});
  }
}

}  // namespace bursar
