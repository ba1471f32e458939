// Fetches the metadata of providers that are known by their issuer alone, and
// completes them.

#ifndef BURSAR_SERVER_UPSTREAM_DISCOVERY_H_
#define BURSAR_SERVER_UPSTREAM_DISCOVERY_H_

#include <cstdint>

#include "absl/time/time.h"
#include "server/base/executor.h"
#include "server/core/provider.h"
#include "server/upstream/transport.h"

namespace bursar {

/// Asks for what `providers` await (Providers::Undiscovered), each provider
/// apart, and puts each completed one in its place. One that does not answer,
/// or with what will not do, is asked again, after a second, doubling up to
/// five minutes, for as long as it takes; the log says why.
///
/// All are borrowed. Providers and executor must outlive the transport, and the
/// executor must run nothing once the transport is gone.
void StartDiscovery(Providers& providers, Transport& transport,
                    Executor& executor);

/// How long to wait before `attempt`, counted from 0. The places where the
/// metadata may be take turns, without a pause between them.
absl::Duration PauseBeforeDiscovery(int64_t attempt);

}  // namespace bursar

#endif  // BURSAR_SERVER_UPSTREAM_DISCOVERY_H_
