// What libcurl's errors mean for a request. Pure.

#ifndef BURSAR_SERVER_UPSTREAM_CURL_FAILURE_H_
#define BURSAR_SERVER_UPSTREAM_CURL_FAILURE_H_

#include <curl/curl.h>

#include "server/upstream/transport.h"

namespace bursar {

/// How a request failed that ended with `code`, given whether any of it may
/// have been sent. Before that, the only question is why no connection came
/// about, a timeout included.
HttpFailure FailureOf(CURLcode code, bool sent);

}  // namespace bursar

#endif  // BURSAR_SERVER_UPSTREAM_CURL_FAILURE_H_
