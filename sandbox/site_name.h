// What a persona's data centre is called where several are served: in ready
// files, and at one listener that tells them apart by host name. Pure.

#ifndef BURSAR_SANDBOX_SITE_NAME_H_
#define BURSAR_SANDBOX_SITE_NAME_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "sandbox/persona.h"

namespace bursar::sandbox {

/// "iot" for a persona's home, "iot.eu" for another of its data centres.
std::string SiteName(const Persona& persona, absl::string_view location);

/// That and ".localhost", which leads every browser to its own machine (RFC
/// 6761 section 6.3).
std::string HostName(const Persona& persona, absl::string_view location);

/// Of every data centre of every persona that exists.
std::vector<std::string> AllHostNames();

}  // namespace bursar::sandbox

#endif  // BURSAR_SANDBOX_SITE_NAME_H_
