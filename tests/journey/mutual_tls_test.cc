// Callers over mutual TLS, while certificates come and go under a running
// server.

#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>

#include <atomic>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>

#include "absl/strings/str_cat.h"
#include "bursar/v1/clients.grpc.pb.h"
#include "tests/fakes/certificate_files.h"
#include "tests/fakes/eventually.h"
#include "tests/fakes/temporary_folder.h"
#include "tests/journey/harness/broker.h"
#include "tests/journey/harness/process.h"

namespace bursar::journey {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kPolicy[] = R"(
rules:
  - name: operators
    subjects: ["spiffe://example.org/ann", "dns:bob"]
    rpcs: [operators]
    clients: any
    users: any
    scopes: any
limits:
  default: {calls_per_second: 1000000, in_flight: 1000000}
)";

class MutualTls : public ::testing::Test {
 protected:
  void SetUp() override {
    authority_.Revoke("revoked", {});
    broker_ = std::make_unique<Broker>(BrokerOptions{
        .accounts_server = "https://127.0.0.1:1",
        .listeners = absl::StrCat(
            "  - address: ", Target(), "\n    tls: {certificate_file: ",
            server_.certificate, ", key_file: ", server_.key,
            ", client_ca_file: ", authority_.certificate(),
            ", client_crl_file: ", folder_.Path("revoked.pem"), "}\n"),
        .policy = kPolicy});
    ASSERT_TRUE(broker_->Start()) << broker_->Log();
  }

  std::string Target() const { return absl::StrCat("127.0.0.1:", port_); }

  // A connection of its own, showing `shown`.
  std::unique_ptr<v1::Clients::Stub> Connect(const CertificateFiles& shown) {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    return v1::Clients::NewStub(grpc::CreateCustomChannel(
        Target(),
        grpc::SslCredentials({ContentOf(authority_.certificate()),
                              ContentOf(shown.key),
                              ContentOf(shown.certificate)}),
        arguments));
  }

  // How a call ends.
  static grpc::StatusCode CallOver(v1::Clients::Stub& connection) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() +
                         absl::ToChronoMilliseconds(kBound));
    v1::ListClientsResponse response;
    return connection.ListClients(&context, {}, &response).error_code();
  }
  static bool IsKnown(v1::Clients::Stub& connection) {
    return CallOver(connection) == grpc::StatusCode::OK;
  }

  bool Logged(const std::string& text) const {
    return broker_->Log().find(text) != std::string::npos;
  }

  const TemporaryFolder folder_;
  const int port_ = FreePort();
  FileAuthority authority_{folder_.Path("")};
  const CertificateFiles server_ =
      authority_.Issue("server", "DNS:localhost,IP:127.0.0.1");
  const CertificateFiles ann_ =
      authority_.Issue("ann", "URI:spiffe://example.org/ann");
  std::unique_ptr<Broker> broker_;
};

TEST_F(MutualTls, ACallerIsKnownByItsCertificateAndNobodyWithout) {
  EXPECT_TRUE(IsKnown(*Connect(ann_)));
  const auto two = authority_.Issue(
      "two", "URI:spiffe://example.org/ann,URI:spiffe://example.org/bob");
  EXPECT_EQ(CallOver(*Connect(two)), grpc::StatusCode::UNAUTHENTICATED);
  fs::create_directory(folder_.Path("other"));
  FileAuthority other(folder_.Path("other"));
  EXPECT_EQ(
      CallOver(*Connect(other.Issue("ann", "URI:spiffe://example.org/ann"))),
      grpc::StatusCode::UNAVAILABLE);
}

TEST_F(MutualTls, ARevokedCallerIsRefusedOnTheirOpenConnection) {
  const auto bob = authority_.Issue("bob", "DNS:bob");
  const auto anns = Connect(ann_);
  const auto bobs = Connect(bob);
  EXPECT_TRUE(IsKnown(*anns));
  EXPECT_TRUE(IsKnown(*bobs));
  authority_.Revoke("revoked", {ann_.certificate});
  EXPECT_TRUE(Eventually(
      [&] { return CallOver(*anns) == grpc::StatusCode::UNAUTHENTICATED; }));
  EXPECT_TRUE(IsKnown(*bobs));
}

TEST_F(MutualTls, CertificatesAreSwappedWithoutACallLost) {
  std::atomic<bool> stop = false;
  std::atomic<int> lost = 0;
  std::jthread caller([&] {
    const auto open = Connect(ann_);
    while (!stop) {
      if (!IsKnown(*open) || !IsKnown(*Connect(ann_))) ++lost;
    }
  });
  const auto next = authority_.Issue("next", "DNS:localhost,IP:127.0.0.1");
  // Half of it first: not a pair.
  fs::copy_file(next.certificate, server_.certificate,
                fs::copy_options::overwrite_existing);
  EXPECT_TRUE(Eventually([&] { return Logged("tls.refused"); }));
  fs::copy_file(next.key, server_.key, fs::copy_options::overwrite_existing);
  EXPECT_TRUE(Eventually([&] { return Logged("tls.reloaded"); }));
  stop = true;
  caller.join();
  EXPECT_EQ(lost, 0);
  EXPECT_THAT(broker_->Log(), Not(HasSubstr("PRIVATE KEY")));
}

}  // namespace
}  // namespace bursar::journey
