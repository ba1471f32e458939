#include "client/bearer_token_file.h"

#include <fcntl.h>
#include <grpcpp/support/client_interceptor.h>
#include <unistd.h>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace bursar::client {
namespace {

using grpc::experimental::InterceptionHookPoints;
using grpc::experimental::InterceptorBatchMethods;

constexpr std::chrono::seconds kReadAgainAfter(1);
// More than gRPC would carry.
constexpr std::size_t kMaxTokenBytes = 16384;

// The header's value with the token in the file; null if there is none that
// can go into a header.
std::shared_ptr<const SecretText> ReadAuthorization(const std::string& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return nullptr;
  std::string bytes(kMaxTokenBytes, '\0');
  const ssize_t size = read(file, bytes.data(), bytes.size());
  close(file);
  const absl::string_view token = absl::StripAsciiWhitespace(absl::string_view(
      bytes.data(), size > 0 ? static_cast<std::size_t>(size) : 0));
  bool is_fit = !token.empty();
  for (const char c : token) {
    is_fit = is_fit && absl::ascii_isgraph(static_cast<unsigned char>(c));
  }
  std::shared_ptr<const SecretText> authorization;
  if (is_fit) {
    authorization =
        std::make_shared<const SecretText>(absl::StrCat("Bearer ", token));
  }
  Wipe(bytes);
  return authorization;
}

class BearerInterceptor final : public grpc::experimental::Interceptor {
 public:
  explicit BearerInterceptor(std::shared_ptr<BearerTokenFile> file)
      : file_(std::move(file)) {}

  void Intercept(InterceptorBatchMethods* methods) override {
    if (methods->QueryInterceptionHookPoint(
            InterceptionHookPoints::PRE_SEND_INITIAL_METADATA)) {
      methods->GetSendInitialMetadata()->emplace(
          "authorization", std::string(file_->Authorization()->Expose()));
    }
    methods->Proceed();
  }

 private:
  const std::shared_ptr<BearerTokenFile> file_;
};

class BearerInterceptorFactory final
    : public grpc::experimental::ClientInterceptorFactoryInterface {
 public:
  explicit BearerInterceptorFactory(std::shared_ptr<BearerTokenFile> file)
      : file_(std::move(file)) {}

  grpc::experimental::Interceptor* CreateClientInterceptor(
      grpc::experimental::ClientRpcInfo*) override {
    return new BearerInterceptor(file_);
  }

 private:
  const std::shared_ptr<BearerTokenFile> file_;
};

}  // namespace

absl::StatusOr<std::shared_ptr<BearerTokenFile>> BearerTokenFile::Open(
    std::string path) {
  std::shared_ptr<BearerTokenFile> file(new BearerTokenFile(std::move(path)));
  if (file->Authorization() == nullptr) {
    return absl::InvalidArgumentError(absl::StrCat(
        "the bearer token file ", file->path_,
        " holds no token that can be read; check path, owner and content"));
  }
  return file;
}

std::shared_ptr<const SecretText> BearerTokenFile::Authorization() {
  const auto now = std::chrono::steady_clock::now();
  const std::lock_guard lock(mutex_);
  if (authorization_ != nullptr && now - read_ < kReadAgainAfter) {
    return authorization_;
  }
  read_ = now;
  // A file that is being replaced keeps the token that it had.
  if (auto fresh = ReadAuthorization(path_)) authorization_ = std::move(fresh);
  return authorization_;
}

std::vector<
    std::unique_ptr<grpc::experimental::ClientInterceptorFactoryInterface>>
BearerInterceptors(std::shared_ptr<BearerTokenFile> file) {
  std::vector<
      std::unique_ptr<grpc::experimental::ClientInterceptorFactoryInterface>>
      factories;
  factories.push_back(
      std::make_unique<BearerInterceptorFactory>(std::move(file)));
  return factories;
}

}  // namespace bursar::client
