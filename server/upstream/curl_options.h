// libcurl's options, set all or reported. Not thread-safe.

#ifndef BURSAR_SERVER_UPSTREAM_CURL_OPTIONS_H_
#define BURSAR_SERVER_UPSTREAM_CURL_OPTIONS_H_

#include <curl/curl.h>

namespace bursar {

/// Sets options on one handle and remembers whether all were taken: a security
/// option that the installed libcurl does not know must not be passed over.
class CurlOptions {
 public:
  explicit CurlOptions(CURL* handle) : handle_(handle) {}

  template <typename T>
  CurlOptions& Set(CURLoption option, T value) {
    // Without the macro of the same name, which wants to see constants.
    taken_ = (curl_easy_setopt)(handle_, option, value) == CURLE_OK && taken_;
    return *this;
  }

  bool taken() const { return taken_; }

 private:
  CURL* handle_;
  bool taken_ = true;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_UPSTREAM_CURL_OPTIONS_H_
