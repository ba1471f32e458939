#include "server/upstream/curl_transfer.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "server/upstream/curl_failure.h"
#include "server/upstream/curl_options.h"
#include "server/upstream/trusted_url.h"

namespace bursar {
namespace {

// A zero would mean libcurl's own default, five minutes.
long Milliseconds(absl::Duration duration) {
  return std::max(long{1}, long{absl::ToInt64Milliseconds(duration)});
}

void SetSecurity(const UpstreamLimits& limits, bool clear_text,
                 CurlOptions& options) {
  options.Set(CURLOPT_PROTOCOLS_STR, clear_text ? "http" : "https")
      .Set(CURLOPT_FOLLOWLOCATION, 0L)
      .Set(CURLOPT_SSL_VERIFYPEER, 1L)
      .Set(CURLOPT_SSL_VERIFYHOST, 2L)
      .Set(CURLOPT_SSLVERSION, long{CURL_SSLVERSION_TLSv1_2})
      .Set(CURLOPT_NETRC, long{CURL_NETRC_IGNORED});
  if (!limits.ca_file.empty()) {
    // The folder of the system's CAs would be trusted beside the file.
    options.Set(CURLOPT_CAINFO, limits.ca_file.c_str())
        .Set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
  }
  // Empty texts keep libcurl from asking the environment. What goes to this
  // machine in clear text must not leave it through a proxy.
  options.Set(CURLOPT_PROXY, clear_text ? "" : limits.proxy.c_str())
      .Set(CURLOPT_NOPROXY, "");
}

void SetBounds(const UpstreamLimits& limits, CurlOptions& options) {
  options.Set(CURLOPT_NOSIGNAL, 1L)
      .Set(CURLOPT_CONNECTTIMEOUT_MS, Milliseconds(limits.connect_timeout))
      // Giving up on a name does not wait for the resolver's thread, which
      // would hold up the loop.
      .Set(CURLOPT_QUICK_EXIT, 1L)
      // A connection that was used before may die just as a request goes out.
      // Whether the server acted on it is then unknown; libcurl, having heard
      // nothing, would even send it again.
      .Set(CURLOPT_FORBID_REUSE, 1L)
      // A connection of HTTP/2 carries many requests: when it breaks, the
      // outcome of all of them would be unknown.
      .Set(CURLOPT_HTTP_VERSION, long{CURL_HTTP_VERSION_1_1});
}

}  // namespace

CurlTransfer::CurlTransfer(HttpRequest request, Transport::Done done)
    : request_(std::move(request)), done_(std::move(done)) {}

std::optional<Trouble> CurlTransfer::Prepare(const UpstreamLimits& limits) {
  if (!IsTrustedUrl(request_.url.Expose())) {
    return Trouble::kUntrusted;
  }
  max_answer_bytes_ = static_cast<std::size_t>(limits.max_answer_bytes);
  handle_.reset(curl_easy_init());
  if (handle_ == nullptr || !AddHeaders() || !SetUp(limits)) {
    return Trouble::kUnreachable;
  }
  return std::nullopt;
}

bool CurlTransfer::AddHeaders() {
  for (const HttpHeader& header : request_.headers) {
    SecretBuilder line;
    line.Append(header.name);
    line.Append(": ");
    line.Append(header.value.Expose());
    line.Append(absl::string_view("\0", 1));
    curl_slist* longer = curl_slist_append(headers_.get(), line.text().data());
    if (longer == nullptr) return false;
    headers_.release();
    headers_.reset(longer);
  }
  return true;
}

bool CurlTransfer::SetUp(const UpstreamLimits& limits) {
  CurlOptions options(handle_.get());
  SetSecurity(limits, IsLoopbackUrl(request_.url.Expose()), options);
  SetBounds(limits, options);
  std::string url(request_.url.Expose());
  options.Set(CURLOPT_URL, url.c_str());
  Wipe(url);
  if (request_.method != HttpMethod::kGet) {
    // libcurl reads the body where it lies.
    options.Set(CURLOPT_POST, 1L)
        .Set(CURLOPT_POSTFIELDS,
             request_.body.empty() ? "" : request_.body.Expose().data())
        .Set(CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request_.body.size()));
  }
  if (request_.method == HttpMethod::kDelete) {
    options.Set(CURLOPT_CUSTOMREQUEST, "DELETE");
  }
  options.Set(CURLOPT_HTTPHEADER, headers_.get())
      .Set(CURLOPT_USERAGENT, "bursar")
      .Set(CURLOPT_PREREQFUNCTION, &BeforeRequest)
      .Set(CURLOPT_PREREQDATA, this)
      .Set(CURLOPT_WRITEFUNCTION, &TakeBody)
      .Set(CURLOPT_WRITEDATA, this)
      .Set(CURLOPT_HEADERFUNCTION, &TakeHeader)
      .Set(CURLOPT_HEADERDATA, this);
  return options.taken();
}

// Runs when a connection stands, before anything of the request is sent over
// it. A second time means that libcurl found a reason of its own to send the
// request again. The server may have acted on the first: a refresh token that
// is good for one use would be used twice, and its family revoked for it. So
// the request ends here; who sent it knows how to find out what became of it.
int CurlTransfer::BeforeRequest(void* self, char*, char*, int, int) {
  auto& transfer = *static_cast<CurlTransfer*>(self);
  if (transfer.sent()) return CURL_PREREQFUNC_ABORT;
  transfer.Heard();
  return CURL_PREREQFUNC_OK;
}

CurlTransfer::Instant CurlTransfer::Deadline(
    const UpstreamLimits& limits) const {
  const Instant end =
      arrived_ + absl::ToChronoMilliseconds(limits.total_timeout);
  if (!sent()) return end;
  return std::min(
      end, *last_heard_ + absl::ToChronoMilliseconds(limits.idle_timeout));
}

std::size_t CurlTransfer::TakeBody(char* bytes, std::size_t, std::size_t count,
                                   void* self) {
  auto& transfer = *static_cast<CurlTransfer*>(self);
  transfer.Heard();
  if (count > transfer.max_answer_bytes_ - transfer.answer_.size()) return 0;
  transfer.answer_.Append(absl::string_view(bytes, count));
  return count;
}

std::size_t CurlTransfer::TakeHeader(char*, std::size_t, std::size_t count,
                                     void* self) {
  auto& transfer = *static_cast<CurlTransfer*>(self);
  // A proxy's answer to CONNECT comes before the request is out.
  if (transfer.sent()) transfer.Heard();
  return count;
}

HttpAnswer CurlTransfer::TakeAnswer() {
  HttpAnswer answer;
  long status = 0;
  curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &status);
  answer.status = static_cast<int>(status);
  curl_header* retry_after = nullptr;
  if (curl_easy_header(handle_.get(), "Retry-After", 0, CURLH_HEADER, -1,
                       &retry_after) == CURLHE_OK) {
    answer.retry_after = retry_after->value;
  }
  answer.body = answer_.Build();
  return answer;
}

void CurlTransfer::Finish(CURLcode code) {
  if (code != CURLE_OK) return done_(FailureOf(code, sent()));
  done_(TakeAnswer());
}

void CurlTransfer::Fail(Trouble trouble) {
  done_(HttpFailure{trouble, sent()});
}

}  // namespace bursar
