#include "server/core/provider.h"

#include <utility>

namespace bursar {

Providers::Providers(std::vector<Provider> providers) {
  for (Provider& provider : providers) {
    all_.push_back(std::move(provider));
    current_.emplace(all_.back().name, &all_.back());
  }
}

const Provider* Providers::Find(const ProviderName& name) const {
  const auto found = current_.find(name);
  return found == current_.end() ? nullptr : found->second.load();
}

std::vector<const Provider*> Providers::All() const {
  std::vector<const Provider*> all;
  for (const auto& [name, provider] : current_) all.push_back(provider.load());
  return all;
}

std::vector<ProviderName> Providers::Undiscovered() const {
  std::vector<ProviderName> names;
  for (const Provider* provider : All()) {
    if (!provider->discovered) names.push_back(provider->name);
  }
  return names;
}

void Providers::Replace(Provider provider) {
  const auto found = current_.find(provider.name);
  if (found == current_.end()) return;
  const std::lock_guard lock(mutex_);
  all_.push_back(std::move(provider));
  found->second.store(&all_.back());
}

std::optional<DataCenter> DataCenterOf(const Provider& provider,
                                       absl::string_view url) {
  for (const auto& [name, endpoints] : provider.data_centers) {
    if (endpoints.accounts_server == url) return name;
  }
  return std::nullopt;
}

std::optional<DataCenter> DataCenterAt(const Provider& provider,
                                       absl::string_view location) {
  for (const auto& [name, endpoints] : provider.data_centers) {
    if (endpoints.location == location) return name;
  }
  return std::nullopt;
}

}  // namespace bursar
