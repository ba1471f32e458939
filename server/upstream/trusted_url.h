// Which URLs a credential may go to. Pure.

#ifndef BURSAR_SERVER_UPSTREAM_TRUSTED_URL_H_
#define BURSAR_SERVER_UPSTREAM_TRUSTED_URL_H_

#include "absl/strings/string_view.h"

namespace bursar {

/// https to any host; http in clear text to this machine itself, named as
/// 127.0.0.0/8, [::1], in whichever spelling, or localhost. Nothing that
/// readers of URLs may disagree about: no user information, no blanks,
/// controls, backslashes or fragments, nothing outside ASCII, no number that
/// one may take for an address and another for a name.
bool IsTrustedUrl(absl::string_view url);

/// Whether `url` is a trusted one in clear text.
bool IsLoopbackUrl(absl::string_view url);

}  // namespace bursar

#endif  // BURSAR_SERVER_UPSTREAM_TRUSTED_URL_H_
