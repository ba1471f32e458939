// The sandbox's endpoints, each of which installs itself in a server. `server`
// and `world` outlive each other's use: the world outlives the server.

#ifndef BURSAR_SANDBOX_ENDPOINTS_H_
#define BURSAR_SANDBOX_ENDPOINTS_H_

#include "sandbox/http_server.h"
#include "sandbox/world.h"

namespace bursar::sandbox {

/// POST /oauth/v2/token.
void InstallToken(HttpServer& server, World& world);

/// POST /oauth/v2/token/revoke and /oauth/v2/revoke/token.
void InstallRevoke(HttpServer& server, World& world);

/// Revocations of other shapes, where the persona has one.
void InstallRevokeShapes(HttpServer& server, World& world);

/// GET /oauth/v2/auth, its consent page, and the page's answer.
void InstallAuthorize(HttpServer& server, World& world);

/// The device flow's two calls, and the page for the user's code. Redeeming is
/// the token endpoint's where the persona has no other place for it.
void InstallDevice(HttpServer& server, World& world);

/// The developer console's pages.
void InstallConsole(HttpServer& server, World& world);

/// The resource API under /api/v2.
void InstallApi(HttpServer& server, World& world);

/// The control API under /control, for loopback only.
void InstallControl(HttpServer& server, World& world);

}  // namespace bursar::sandbox

#endif  // BURSAR_SANDBOX_ENDPOINTS_H_
