// Configurations that are about their one provider. Stateless.

#ifndef BURSAR_TESTS_UNIT_CONFIG_ONE_PROVIDER_H_
#define BURSAR_TESTS_UNIT_CONFIG_ONE_PROVIDER_H_

#include <string>

#include "absl/strings/string_view.h"
#include "server/core/provider.h"

namespace bursar {

/// A configuration with this list of providers, in its line 5.
std::string WithProviders(absl::string_view providers);

/// The first provider of that list; expects it to load.
Provider LoadProvider(absl::string_view providers);

/// A list with descriptor oauth2, completed, with `more` keys.
std::string OAuth2(absl::string_view more);

}  // namespace bursar

#endif  // BURSAR_TESTS_UNIT_CONFIG_ONE_PROVIDER_H_
