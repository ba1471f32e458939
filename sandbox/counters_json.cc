#include "sandbox/counters_json.h"

#include <utility>

namespace bursar::sandbox {

using nlohmann::json;

json CountersOf(const Provider& provider) {
  const Tokens& tokens = provider.tokens;
  json refresh_tokens = json::array();
  for (const auto& [index, token] : tokens.refresh_tokens()) {
    refresh_tokens.push_back({{"index", index},
                              {"user", token.owner.user},
                              {"client_id", token.owner.client_id},
                              {"family", token.family},
                              {"state", ToName(token.state)},
                              {"redeemed", token.redeemed},
                              {"reuse_refused", token.reuse_refused}});
  }
  json living = json::array();
  for (const auto& [owner, count] : tokens.Living()) {
    living.push_back({{"user", owner.user},
                      {"client_id", owner.client_id},
                      {"refresh_tokens", count}});
  }
  return {{"calls", provider.counts.calls},
          {"calls_by_client", provider.counts.calls_by_client},
          {"throttled", provider.counts.throttled},
          {"reuse_refused", tokens.totals().refused_reuse},
          {"issued",
           {{"access_tokens", tokens.totals().access_tokens},
            {"refresh_tokens", tokens.totals().refresh_tokens}}},
          {"refresh_tokens", std::move(refresh_tokens)},
          {"living", std::move(living)}};
}

}  // namespace bursar::sandbox
