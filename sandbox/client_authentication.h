// Whether a caller is the client it says it is (RFC 6749 section 2.3). Pure.

#ifndef BURSAR_SANDBOX_CLIENT_AUTHENTICATION_H_
#define BURSAR_SANDBOX_CLIENT_AUTHENTICATION_H_

#include "sandbox/clients.h"
#include "sandbox/outcome.h"
#include "sandbox/parameters.h"

namespace bursar::sandbox {

/// The client of `credentials`. A type without a secret needs none.
Outcome<Client> Authenticate(const Clients& clients,
                             const Credentials& credentials);

}  // namespace bursar::sandbox

#endif  // BURSAR_SANDBOX_CLIENT_AUTHENTICATION_H_
