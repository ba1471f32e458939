// Whether a caller is the client it says it is (RFC 6749 section 2.3). Pure.

#ifndef BURSAR_SANDBOX_CLIENT_AUTHENTICATION_H_
#define BURSAR_SANDBOX_CLIENT_AUTHENTICATION_H_

#include "sandbox/clients.h"
#include "sandbox/outcome.h"
#include "sandbox/parameters.h"
#include "sandbox/world.h"

namespace bursar::sandbox {

/// The client that `parameters` prove, at the data centre where they came in.
/// A type without a secret needs none, and no HTTP Basic.
Outcome<Client> Authenticate(const Provider& provider,
                             const Parameters& parameters);

}  // namespace bursar::sandbox

#endif  // BURSAR_SANDBOX_CLIENT_AUTHENTICATION_H_
