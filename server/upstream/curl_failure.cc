#include "server/upstream/curl_failure.h"

namespace bursar {
namespace {

Trouble BeforeSending(CURLcode code) {
  switch (code) {
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
      return Trouble::kUntrusted;
    default:
      return Trouble::kUnreachable;
  }
}

Trouble AfterSending(CURLcode code) {
  switch (code) {
    case CURLE_OPERATION_TIMEDOUT:
      return Trouble::kTimedOut;
    // Only the bound on the answer refuses to take what has arrived.
    case CURLE_WRITE_ERROR:
      return Trouble::kTooLarge;
    // No HTTP at all, or broken in its framing.
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_BAD_CONTENT_ENCODING:
      return Trouble::kMalformed;
    default:
      return Trouble::kConnectionLost;
  }
}

}  // namespace

HttpFailure FailureOf(CURLcode code, bool sent) {
  return {sent ? AfterSending(code) : BeforeSending(code), sent};
}

}  // namespace bursar
