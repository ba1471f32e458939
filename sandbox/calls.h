// The way every call of the provider's own interface goes: counted under a
// name, struck by the fault that a test scripted for it, answered.

#ifndef BURSAR_SANDBOX_CALLS_H_
#define BURSAR_SANDBOX_CALLS_H_

#include <httplib.h>

#include <functional>
#include <string>

#include "sandbox/http_server.h"
#include "sandbox/world.h"

namespace bursar::sandbox {

/// The name under which a request is counted and faults find it.
using CallName = std::function<std::string(const httplib::Request&)>;

/// A handler that does `handler`'s work in the way above. `server` and `world`
/// outlive it.
httplib::Server::Handler AsCall(HttpServer& server, World& world, CallName name,
                                httplib::Server::Handler handler);

/// The same for calls that always have one name.
httplib::Server::Handler AsCall(HttpServer& server, World& world,
                                std::string name,
                                httplib::Server::Handler handler);

}  // namespace bursar::sandbox

#endif  // BURSAR_SANDBOX_CALLS_H_
