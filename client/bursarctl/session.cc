#include "client/bursarctl/session.h"

#include "client/bursarctl/exit_code.h"

namespace bursar::client {

absl::Status Session::Open() {
  if (channel_) return absl::OkStatus();
  ChannelOptions options;
  options.target = options_.address;
  options.allow_clear_text = options_.allow_clear_text;
  options.bearer_token_file = options_.bearer_token_file;
  const TlsFiles& tls = options_.tls;
  if (!tls.certificate_authority.empty() || !tls.certificate.empty() ||
      !tls.key.empty()) {
    options.tls = tls;
  }
  auto channel = OpenChannel(options);
  if (!channel.ok()) return UsageError(channel.status().message());
  channel_ = *std::move(channel);
  return absl::OkStatus();
}

}  // namespace bursar::client
