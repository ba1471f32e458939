// What the developer console's forms do. Each answers with what the page shows
// above its list: {"notice": …} or {"problem": …}.

#ifndef BURSAR_SANDBOX_CONSOLE_ACTIONS_H_
#define BURSAR_SANDBOX_CONSOLE_ACTIONS_H_

#include <nlohmann/json.hpp>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "sandbox/parameters.h"
#include "sandbox/world.h"

namespace bursar::sandbox {

/// {"problem": `text`}.
nlohmann::json ConsoleProblem(absl::string_view text);

/// Registers a client.
nlohmann::json RegisterInConsole(Provider& provider,
                                 const Parameters& parameters, absl::Time now);

/// A new secret for `client_id`.
nlohmann::json ReplaceSecretInConsole(Provider& provider,
                                      const Parameters& parameters,
                                      absl::Time now);

/// A code for the self client `client_id`.
nlohmann::json MakeCodeInConsole(Provider& provider,
                                 const Parameters& parameters, absl::Time now);

/// Deletes `client_id`, and ends all its tokens.
nlohmann::json DeleteInConsole(Provider& provider, const Parameters& parameters,
                               absl::Time now);

}  // namespace bursar::sandbox

#endif  // BURSAR_SANDBOX_CONSOLE_ACTIONS_H_
