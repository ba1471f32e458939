// Requests: the number of a message, then its bytes.

#include <array>
#include <string>
#include <vector>

#include "bursar/v1/events.pb.h"
#include "bursar/v1/token_broker.pb.h"
#include "google/rpc/error_details.pb.h"
#include "server/core/reason.h"
#include "server/rpc/clients_requests.h"
#include "server/rpc/grants_requests.h"
#include "server/rpc/status.h"
#include "server/rpc/wire.h"
#include "tests/fuzz/fuzz_input.h"

namespace bursar {
namespace {

// In two pieces, as it may come over a network.
grpc::ByteBuffer InPieces(absl::string_view bytes) {
  const std::size_t half = bytes.size() / 2;
  const std::array<grpc::Slice, 2> pieces = {
      grpc::Slice(bytes.data(), half),
      grpc::Slice(bytes.data() + half, bytes.size() - half)};
  return {pieces.data(), pieces.size()};
}

void CheckRefusal(const absl::Status& status) {
  const auto refusal = RefusalOf(status);
  Must(refusal && refusal->reason == Reason::kFieldInvalid,
       "a request is refused for a field of it");
  Must(!Leaks(refusal->message), "no value of a request is repeated");
  const grpc::Status sent = ToGrpc(status);
  google::rpc::Status details;
  Must(sent.error_code() == grpc::StatusCode::INVALID_ARGUMENT &&
           details.ParseFromString(sent.error_details()),
       "a refusal can be sent");
}

template <typename Request>
void Try(const grpc::ByteBuffer& bytes) {
  Request request;
  const absl::Status read = ReadMessage(bytes, request);
  if (!read.ok()) return CheckRefusal(read);
  Request again;
  Must(ReadMessage(WriteMessage(request), again).ok() &&
           again.SerializeAsString() == request.SerializeAsString(),
       "what is written is what was read");
  if constexpr (requires { Validate(request); }) {
    const auto valid = Validate(request);
    if (!valid.ok()) CheckRefusal(valid.status());
  }
}

const std::vector<void (*)(const grpc::ByteBuffer&)>& Tries() {
  static const auto& tries =
      *new std::vector<void (*)(const grpc::ByteBuffer&)>{
          Try<v1::GetTokenRequest>,
          Try<v1::RefreshRequest>,
          Try<v1::RevokeRequest>,
          Try<v1::CreateClientRequest>,
          Try<v1::GetClientRequest>,
          Try<v1::ListClientsRequest>,
          Try<v1::UpdateClientRequest>,
          Try<v1::DeleteClientRequest>,
          Try<v1::ReplaceClientSecretRequest>,
          Try<v1::RemoveClientSecretRequest>,
          Try<v1::BeginConsentRequest>,
          Try<v1::CompleteConsentRequest>,
          Try<v1::ImportGrantRequest>,
          Try<v1::ExchangeCodeRequest>,
          Try<v1::RequestClientCredentialsRequest>,
          Try<v1::BeginDeviceConsentRequest>,
          Try<v1::GetDeviceConsentRequest>,
          Try<v1::GetGrantRequest>,
          Try<v1::ListGrantsRequest>,
          Try<v1::ListRefreshTokensRequest>,
          Try<v1::ListUsageRequest>,
          Try<v1::ListEventsRequest>,
      };
  return tries;
}

}  // namespace
}  // namespace bursar

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  using namespace bursar;
  FuzzInput input(data, size);
  const auto attempt = input.OneOf(Tries());
  attempt(InPieces(input.Rest()));
  return 0;
}
