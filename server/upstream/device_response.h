// What a device authorization endpoint's answer means, and a token endpoint's
// to a device code (RFC 8628 sections 3.2 and 3.5). Pure.

#ifndef BURSAR_SERVER_UPSTREAM_DEVICE_RESPONSE_H_
#define BURSAR_SERVER_UPSTREAM_DEVICE_RESPONSE_H_

#include "absl/time/time.h"
#include "server/core/provider.h"
#include "server/core/upstream.h"
#include "server/upstream/transport.h"

namespace bursar {

/// Reads the answer to a request for a device code. Its life counts from `sent`
/// and is never more than a day; a life of more "seconds" than a day has is
/// meant in milliseconds, and so is an interval longer than the code's life. An
/// answer without a code, a place to enter it or a life is malformed; so is one
/// whose place is neither https nor this machine, since a person is sent there.
DeviceBeginResult ReadDeviceAuthorization(const HttpAnswer& answer,
                                          const Provider& provider,
                                          const DeviceRule& rule,
                                          absl::Time sent, absl::Time now);

/// Reads the answer to a poll: `rule`'s errors first, then as every other token
/// answer (token_response.h). A data centre that is not the provider's own is
/// never asked: Misconfigured with DATA_CENTER.
DevicePollResult ReadDevicePoll(const HttpAnswer& answer,
                                const Provider& provider,
                                const DeviceRule& rule, absl::Time sent,
                                absl::Time now);

}  // namespace bursar

#endif  // BURSAR_SERVER_UPSTREAM_DEVICE_RESPONSE_H_
