#include "server/rpc/caller_refusals.h"

#include <optional>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "server/base/log.h"
#include "server/core/reason.h"

namespace bursar {
namespace {

// Without the port, which is another one for each connection.
absl::string_view HostOf(absl::string_view peer) {
  if (!absl::StartsWith(peer, "ipv4:") && !absl::StartsWith(peer, "ipv6:")) {
    return peer;
  }
  return peer.substr(0, peer.rfind(':'));
}

}  // namespace

absl::Status CredentialsInvalid() {
  return ToStatus({Reason::kCredentialsInvalid,
                   "who calls is not known: no credential, or not a good one",
                   {},
                   {},
                   {}});
}

absl::Status CallerRefusals::Refuse(absl::string_view peer,
                                    ShownCredential shown,
                                    absl::string_view why, absl::Time now) {
  counts_[static_cast<std::size_t>(shown)].fetch_add(1);
  const std::optional<int64_t> left_out =
      budget_.Take(absl::StrCat(HostOf(peer), " ", why), now);
  if (left_out) {
    log::Info("caller.refused",
              {{"peer", peer}, {"why", why}, {"left_out", *left_out}});
  }
  return CredentialsInvalid();
}

}  // namespace bursar
