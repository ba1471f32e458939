#include "tests/journey/harness/credentials.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/channel_arguments.h>

#include "tests/journey/harness/files.h"

namespace bursar::journey {
namespace {

std::shared_ptr<grpc::ChannelCredentials> CredentialsOf(
    const Credentials& credentials) {
  if (credentials.ca_file.empty()) return grpc::InsecureChannelCredentials();
  grpc::SslCredentialsOptions options;
  options.pem_root_certs = ReadFile(credentials.ca_file);
  if (!credentials.certificate_file.empty()) {
    options.pem_cert_chain = ReadFile(credentials.certificate_file);
    options.pem_private_key = ReadFile(credentials.key_file);
  }
  auto tls = grpc::SslCredentials(options);
  if (credentials.bearer.empty()) return tls;
  return grpc::CompositeChannelCredentials(
      tls, grpc::AccessTokenCredentials(credentials.bearer));
}

}  // namespace

std::shared_ptr<grpc::Channel> Connect(const Credentials& credentials) {
  grpc::ChannelArguments arguments;
  // A channel to a server that was restarted must not inherit another's wait.
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  // How long an attempt may take, on a machine that does much else.
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 10'000);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 20);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 100);
  if (!credentials.ca_file.empty()) {
    arguments.SetSslTargetNameOverride("localhost");
  }
  return grpc::CreateCustomChannel(credentials.target,
                                   CredentialsOf(credentials), arguments);
}

}  // namespace bursar::journey
