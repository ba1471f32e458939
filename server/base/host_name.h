// What readers of URLs agree about in a host's name. Pure; no locking.

#ifndef BURSAR_SERVER_BASE_HOST_NAME_H_
#define BURSAR_SERVER_BASE_HOST_NAME_H_

#include "absl/strings/string_view.h"

namespace bursar {

/// False for a name that ends in a number and is no IPv4 address in its common
/// form: to some readers 0x7f.1 is 127.0.0.1, to others a name (WHATWG URL
/// section 3.5).
bool IsUnambiguousHost(absl::string_view host);

}  // namespace bursar

#endif  // BURSAR_SERVER_BASE_HOST_NAME_H_
