#include "client/call_credentials.h"

#include <grpcpp/security/credentials.h>

#include <map>
#include <string>
#include <utility>

#include "client/errors.h"

namespace bursar::client {
namespace {

using TokenPtr = TokenClient::TokenPtr;

class AuthorizationPlugin final : public grpc::MetadataCredentialsPlugin {
 public:
  AuthorizationPlugin(std::shared_ptr<TokenClient> client, TokenKey key,
                      absl::Duration min_ttl)
      : client_(std::move(client)), key_(std::move(key)), min_ttl_(min_ttl) {}

  // gRPC asks this before every call, and if the answer is no, calls
  // GetMetadata next on the same thread. So the token found here is handed over
  // there: looking for it again could find it gone, and block gRPC's thread.
  bool IsBlocking() const override {
    HandedOver() = {this, client_->FindToken(key_, min_ttl_)};
    return HandedOver().second == nullptr;
  }

  const char* GetType() const override { return "bursar"; }

  grpc::Status GetMetadata(
      grpc::string_ref, grpc::string_ref, const grpc::AuthContext&,
      std::multimap<grpc::string, grpc::string>* metadata) override {
    auto [from, token] = std::exchange(HandedOver(), {});
    if (from != this || token == nullptr) {
      absl::StatusOr<TokenPtr> asked = client_->GetToken(key_, min_ttl_);
      if (!asked.ok()) {
        return {static_cast<grpc::StatusCode>(asked.status().code()),
                Describe(asked.status())};
      }
      token = *std::move(asked);
    }
    metadata->emplace("authorization", std::string(token->authorization()));
    return grpc::Status::OK;
  }

  // gRPC's own would do, but who reads a log wants to know what this is.
  grpc::string DebugString() override { return "bursar call credentials"; }

 private:
  static std::pair<const AuthorizationPlugin*, TokenPtr>& HandedOver() {
    thread_local std::pair<const AuthorizationPlugin*, TokenPtr> handed_over;
    return handed_over;
  }

  const std::shared_ptr<TokenClient> client_;
  const TokenKey key_;
  const absl::Duration min_ttl_;
};

}  // namespace

std::shared_ptr<grpc::CallCredentials> CallCredentials(
    std::shared_ptr<TokenClient> client, TokenKey key, absl::Duration min_ttl) {
  return grpc::MetadataCredentialsFromPlugin(
      std::make_unique<AuthorizationPlugin>(std::move(client), std::move(key),
                                            min_ttl));
}

}  // namespace bursar::client
