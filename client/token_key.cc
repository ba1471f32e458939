#include "client/token_key.h"

#include <algorithm>
#include <tuple>

#include "absl/hash/hash.h"

namespace bursar::client {
namespace {

std::vector<std::string> Sorted(std::vector<std::string> scopes) {
  std::sort(scopes.begin(), scopes.end());
  scopes.erase(std::unique(scopes.begin(), scopes.end()), scopes.end());
  return scopes;
}

}  // namespace

TokenKey::TokenKey(std::string user, std::string client,
                   std::vector<std::string> scopes)
    : user_(std::move(user)),
      client_(std::move(client)),
      scopes_(Sorted(std::move(scopes))),
      hash_(absl::HashOf(user_, client_, scopes_)) {}

}  // namespace bursar::client
