// What GET /oauth/v2/auth asks for, checked as the real ones check it. Pure.

#ifndef BURSAR_SANDBOX_AUTHORIZATION_REQUEST_H_
#define BURSAR_SANDBOX_AUTHORIZATION_REQUEST_H_

#include <string>
#include <variant>

#include "sandbox/parameters.h"
#include "sandbox/world.h"

namespace bursar::sandbox {

/// What is wrong with a request, for the person in front of it.
struct Problem {
  std::string title;
  std::string text;
};

/// The request, or why there is none: nothing is then sent to the redirect URI,
/// which cannot be trusted.
std::variant<AuthorizationRequest, Problem> ReadAuthorizationRequest(
    const Provider& provider, const Parameters& parameters);

/// The scopes of a parameter, or what is wrong with them.
std::variant<Scopes, Problem> ReadScopes(const Persona& persona,
                                         const std::string& text);

}  // namespace bursar::sandbox

#endif  // BURSAR_SANDBOX_AUTHORIZATION_REQUEST_H_
