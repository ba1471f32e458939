// What follows when a user accepts or rejects. Pure.

#ifndef BURSAR_SANDBOX_DECISION_H_
#define BURSAR_SANDBOX_DECISION_H_

#include <string>
#include <variant>

#include "absl/time/time.h"
#include "sandbox/parameters.h"
#include "sandbox/world.h"

namespace bursar::sandbox {

/// A page of the sandbox that ends the matter.
struct FinalPage {
  std::string title;
  std::string text;
  int status = 200;
};

/// Such a page, or the URL at the client where the browser goes.
using Destination = std::variant<FinalPage, std::string>;

/// Where the consent page's form leads.
Destination Decide(Provider& provider, const Parameters& parameters,
                   absl::Time now);

}  // namespace bursar::sandbox

#endif  // BURSAR_SANDBOX_DECISION_H_
