#include "server/upstream/curl_transport.h"

#include <utility>

#include "server/upstream/curl_loop.h"
#include "server/upstream/curl_memory.h"

namespace bursar {

CurlTransport::CurlTransport(std::unique_ptr<CurlLoop> loop)
    : loop_(std::move(loop)) {}

CurlTransport::~CurlTransport() { loop_->Stop(); }

absl::StatusOr<std::unique_ptr<CurlTransport>> CurlTransport::Create(
    UpstreamLimits limits) {
  if (!StartCurl()) return absl::InternalError("libcurl does not come up");
  std::unique_ptr<CurlLoop> loop = CurlLoop::Start(std::move(limits));
  if (loop == nullptr) return absl::InternalError("libcurl has no event loop");
  return std::unique_ptr<CurlTransport>(new CurlTransport(std::move(loop)));
}

void CurlTransport::Send(HttpRequest request, Done done) {
  loop_->Add(std::move(request), std::move(done));
}

}  // namespace bursar
