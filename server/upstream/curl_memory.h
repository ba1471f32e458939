// libcurl's start, once a process, with memory that is wiped when it is given
// back: requests and answers pass through its buffers. Thread-safe.

#ifndef BURSAR_SERVER_UPSTREAM_CURL_MEMORY_H_
#define BURSAR_SERVER_UPSTREAM_CURL_MEMORY_H_

namespace bursar {

/// False if libcurl does not come up. Nothing else in the process may have
/// started it before.
bool StartCurl();

}  // namespace bursar

#endif  // BURSAR_SERVER_UPSTREAM_CURL_MEMORY_H_
