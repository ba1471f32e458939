#include "server/core/provider.h"

#include <utility>

namespace bursar {

Providers::Providers(std::vector<Provider> providers) {
  for (Provider& provider : providers) {
    ProviderName name = provider.name;
    by_name_.emplace(std::move(name), std::move(provider));
  }
}

const Provider* Providers::Find(const ProviderName& name) const {
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? nullptr : &found->second;
}

std::optional<DataCenter> DataCenterOf(const Provider& provider,
                                       absl::string_view url) {
  for (const auto& [name, endpoints] : provider.data_centers) {
    if (endpoints.accounts_server == url) return name;
  }
  return std::nullopt;
}

}  // namespace bursar
