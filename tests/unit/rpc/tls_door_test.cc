#include "server/rpc/tls_door.h"

#include <gmock/gmock.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/time/clock.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "server/base/file_watch.h"
#include "server/rpc/library_logs.h"
#include "server/rpc/revocation_stream.h"
#include "tests/fakes/certificate_files.h"
#include "tests/fakes/eventually.h"
#include "tests/unit/rpc/broker_fixture.h"

namespace bursar {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

constexpr char kAnn[] = "spiffe://example.org/ann";

class TlsDoorTest : public BrokerFixture {
 protected:
  TlsDoorTest() {
    clock.Advance(absl::Now() - clock.Now());
    policy.Put(
        PolicyOf({EverythingFor({"anonymous", kAnn, "dns:other", "dns:theirs",
                                 "dns:calendar.example.org"})}));
  }

  RpcEndpoint Endpoint() const {
    return {.address = "127.0.0.1:0", .tls = paths};
  }

  // Starts a server at the endpoint.
  void Serve(const RpcEndpoint& endpoint) {
    auto started = RpcServer::Start({endpoint}, Needs());
    ASSERT_TRUE(started.ok()) << started.status();
    secured = *std::move(started);
  }

  // Why no server starts at it; "" if one does.
  std::string Refusal(const RpcEndpoint& endpoint) {
    return std::string(
        RpcServer::Start({endpoint}, Needs()).status().message());
  }

  // The files of a caller with this alternative name.
  CertificateFiles Caller(const std::string& subject = std::string("URI:") +
                                                       kAnn) {
    return authority.Issue("caller", subject);
  }

  // A connection of its own, showing `shown` if there is one.
  std::shared_ptr<grpc::Channel> ChannelWith(
      const std::optional<CertificateFiles>& shown) const {
    grpc::SslCredentialsOptions options;
    options.pem_root_certs = ContentOf(authority.certificate());
    if (shown) {
      options.pem_cert_chain = ContentOf(shown->certificate);
      options.pem_private_key = ContentOf(shown->key);
    }
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    return grpc::CreateCustomChannel(secured->addresses()[0],
                                     grpc::SslCredentials(options), arguments);
  }
  std::unique_ptr<v1::Clients::Stub> Connect(
      const std::optional<CertificateFiles>& shown) const {
    return v1::Clients::NewStub(ChannelWith(shown));
  }

  // How a call over the connection ends.
  grpc::StatusCode CallOver(v1::Clients::Stub& connection) {
    Call(connection, &v1::Clients::Stub::ListClients, v1::ListClientsRequest());
    return error.code;
  }
  grpc::StatusCode CallWith(const std::optional<CertificateFiles>& shown) {
    return CallOver(*Connect(shown));
  }

  // Who creates a client over the connection.
  std::string ActorOf(v1::Clients::Stub& connection) {
    v1::CreateClientRequest request;
    request.mutable_client()->set_name("calendar");
    request.mutable_client()->set_provider("zoho");
    request.mutable_client()->set_client_id("1000.CLIENT");
    Call(connection, &v1::Clients::Stub::CreateClient, request);
    EXPECT_EQ(error.code, grpc::StatusCode::OK) << message;
    const auto page =
        Call(*events, &v1::Events::Stub::ListEvents, v1::ListEventsRequest());
    return page.events_size() == 1 ? page.events(0).actor() : "";
  }

  void Put(const std::string& from, const std::string& to) const {
    fs::copy_file(from, to, fs::copy_options::overwrite_existing);
  }

  // Has the server see that files changed.
  void Look() { executor.Advance(FileWatch::kInterval); }

  // The certificate that the server shows to who connects now.
  std::string ServersCertificate() {
    const auto stub = Connect(Caller());
    grpc::ClientContext context;
    v1::ListClientsResponse response;
    EXPECT_TRUE(stub->ListClients(&context, {}, &response).ok());
    const auto values =
        context.auth_context()->FindPropertyValues("x509_pem_cert");
    return values.empty() ? ""
                          : std::string(values[0].data(), values[0].size());
  }

  // A connection of the kernel's, without TLS.
  int ConnectPlainly() const {
    const std::string& at = secured->addresses()[0];
    int port = 0;
    EXPECT_TRUE(absl::SimpleAtoi(at.substr(at.rfind(':') + 1), &port));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int connection = socket(AF_INET, SOCK_STREAM, 0);
    EXPECT_EQ(connect(connection, reinterpret_cast<const sockaddr*>(&address),
                      sizeof(address)),
              0);
    return connection;
  }

  // Whether one more handshake has failed than `before`; it is counted a moment
  // after the connection ends.
  static bool OneMoreFailedThan(int64_t before) {
    return Eventually([&] { return FailedHandshakes() == before + 1; });
  }

  FileAuthority authority{ledger.folder()};
  const CertificateFiles own =
      authority.Issue("server", "DNS:localhost,IP:127.0.0.1");
  const TlsPaths paths{own.certificate, own.key, authority.certificate(), ""};
  std::unique_ptr<RpcServer> secured;
};

TEST_F(TlsDoorTest, ACallerIsWhomTheirCertificateNames) {
  Serve(Endpoint());
  EXPECT_EQ(ActorOf(*Connect(Caller())), kAnn);
}

TEST_F(TlsDoorTest, ACallerMayBeKnownByADnsName) {
  Serve(Endpoint());
  EXPECT_EQ(ActorOf(*Connect(Caller("DNS:calendar.example.org"))),
            "dns:calendar.example.org");
}

TEST_F(TlsDoorTest, ACertificateWithTwoIdentitiesIsRefused) {
  Serve(Endpoint());
  for (const char* names :
       {"URI:spiffe://example.org/a,URI:spiffe://example.org/b",
        "URI:spiffe://example.org/a,DNS:a", "DNS:a,DNS:b"}) {
    EXPECT_EQ(CallWith(Caller(names)), grpc::StatusCode::UNAUTHENTICATED);
    EXPECT_EQ(error.reason, "CREDENTIALS_INVALID");
  }
}

TEST_F(TlsDoorTest, ACertificateThatNamesNobodyIsRefused) {
  Serve(Endpoint());
  EXPECT_EQ(CallWith(Caller("")), grpc::StatusCode::UNAUTHENTICATED);
}

TEST_F(TlsDoorTest, ACallerWithoutCertificateDoesNotGetIn) {
  Serve(Endpoint());
  EXPECT_EQ(CallWith(std::nullopt), grpc::StatusCode::UNAVAILABLE);
}

TEST_F(TlsDoorTest, ACertificateOfAnotherCaDoesNotGetIn) {
  Serve(Endpoint());
  fs::create_directory(ledger.folder() + "/other");
  FileAuthority other(ledger.folder() + "/other");
  EXPECT_EQ(CallWith(other.Issue("caller", std::string("URI:") + kAnn)),
            grpc::StatusCode::UNAVAILABLE);
}

TEST_F(TlsDoorTest, AHandshakeWithoutCertificateIsCountedAsFailed) {
  Serve(Endpoint());
  const int64_t before = FailedHandshakes();
  EXPECT_EQ(CallWith(std::nullopt), grpc::StatusCode::UNAVAILABLE);
  EXPECT_TRUE(OneMoreFailedThan(before));
}

TEST_F(TlsDoorTest, BytesThatAreNotTlsAreCountedAsAFailedHandshake) {
  Serve(Endpoint());
  const int64_t before = FailedHandshakes();
  const int connection = ConnectPlainly();
  constexpr char kClear[] = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
  send(connection, kClear, sizeof(kClear) - 1, MSG_NOSIGNAL);
  EXPECT_TRUE(OneMoreFailedThan(before));
  close(connection);
}

TEST_F(TlsDoorTest, WhoConnectsAndGoesIsCountedAsAFailedHandshake) {
  Serve(Endpoint());
  const int64_t before = FailedHandshakes();
  close(ConnectPlainly());
  EXPECT_TRUE(OneMoreFailedThan(before));
}

// A call that is refused has a handshake that did not fail.
TEST_F(TlsDoorTest, AHandshakeThatSucceedsIsNotCountedAsFailed) {
  Serve(Endpoint());
  const int64_t before = FailedHandshakes();
  EXPECT_EQ(CallWith(Caller()), grpc::StatusCode::OK);
  EXPECT_EQ(CallWith(Caller("")), grpc::StatusCode::UNAUTHENTICATED);
  EXPECT_EQ(FailedHandshakes(), before);
}

TEST_F(TlsDoorTest, WhereCertificatesAreOptionalWhoHasNoneIsNobody) {
  RpcEndpoint endpoint = Endpoint();
  endpoint.certificate_optional = true;
  Serve(endpoint);
  EXPECT_EQ(CallWith(std::nullopt), grpc::StatusCode::UNAUTHENTICATED);
  EXPECT_EQ(ActorOf(*Connect(Caller())), kAnn);
}

TEST_F(TlsDoorTest, WhereNoneAreTakenEverybodyIsNobody) {
  RpcEndpoint endpoint = Endpoint();
  endpoint.tls->client_ca_file = "";
  Serve(endpoint);
  EXPECT_EQ(CallWith(std::nullopt), grpc::StatusCode::UNAUTHENTICATED);
  EXPECT_EQ(CallWith(Caller()), grpc::StatusCode::UNAUTHENTICATED);
}

TEST_F(TlsDoorTest, AnAnonymousListenerTakesWhoShowsNothing) {
  RpcEndpoint endpoint = Endpoint();
  endpoint.certificate_optional = true;
  endpoint.anonymous = true;
  Serve(endpoint);
  EXPECT_EQ(ActorOf(*Connect(std::nullopt)), "anonymous");
  EXPECT_EQ(CallWith(Caller("DNS:a,DNS:b")), grpc::StatusCode::UNAUTHENTICATED);
}

TEST_F(TlsDoorTest, AnOpenConnectionIsRefusedOnceItsCertificateExpires) {
  Serve(Endpoint());
  const auto connection = Connect(Caller());
  EXPECT_EQ(CallOver(*connection), grpc::StatusCode::OK);
  clock.Advance(absl::Hours(2));
  EXPECT_EQ(CallOver(*connection), grpc::StatusCode::UNAUTHENTICATED);
}

TEST_F(TlsDoorTest, AnOpenConnectionIsRefusedOnceItsCertificateIsRevoked) {
  RpcEndpoint endpoint = Endpoint();
  endpoint.tls->client_crl_file = authority.Revoke("revoked", {});
  Serve(endpoint);
  const CertificateFiles caller = Caller();
  const auto other = authority.Issue("other", "DNS:other");
  const auto connection = Connect(caller);
  const auto others = Connect(other);
  EXPECT_EQ(CallOver(*connection), grpc::StatusCode::OK);
  EXPECT_EQ(CallOver(*others), grpc::StatusCode::OK);
  authority.Revoke("revoked", {caller.certificate});
  Look();
  EXPECT_EQ(CallOver(*connection), grpc::StatusCode::UNAUTHENTICATED);
  EXPECT_EQ(CallWith(caller), grpc::StatusCode::UNAUTHENTICATED);
  EXPECT_EQ(CallOver(*others), grpc::StatusCode::OK);
}

TEST_F(TlsDoorTest, AStreamEndsOnceItsCertificateIsRevoked) {
  RpcEndpoint endpoint = Endpoint();
  endpoint.tls->client_crl_file = authority.Revoke("revoked", {});
  Serve(endpoint);
  const CertificateFiles caller = Caller();
  const auto stub = v1::TokenBroker::NewStub(ChannelWith(caller));
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() +
                       std::chrono::seconds(30));
  const auto stream = stub->WatchRevocations(&context, {});
  v1::RevocationNotice notice;
  ASSERT_TRUE(stream->Read(&notice));
  EXPECT_TRUE(notice.has_synced());
  executor.Advance(RevocationStream::kLooksEvery);
  authority.Revoke("revoked", {caller.certificate});
  Look();
  executor.Advance(RevocationStream::kLooksEvery);
  EXPECT_FALSE(stream->Read(&notice));
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::UNAUTHENTICATED);
}

TEST_F(TlsDoorTest, AnOpenConnectionIsRefusedOnceItsCaIsReplaced) {
  const std::string trusted = ledger.folder() + "/trusted.pem";
  Put(authority.certificate(), trusted);
  RpcEndpoint endpoint = Endpoint();
  endpoint.tls->client_ca_file = trusted;
  Serve(endpoint);
  const CertificateFiles caller = Caller();
  const auto connection = Connect(caller);
  EXPECT_EQ(CallOver(*connection), grpc::StatusCode::OK);

  FileAuthority next(ledger.folder(), "next");
  const CertificateFiles theirs = next.Issue("theirs", "DNS:theirs");
  Put(next.certificate(), trusted);
  Look();
  EXPECT_EQ(CallOver(*connection), grpc::StatusCode::UNAUTHENTICATED);
  EXPECT_EQ(CallWith(caller), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(CallWith(theirs), grpc::StatusCode::OK);
}

// The memory of a connection that ended is used again for the next.
TEST_F(TlsDoorTest, AConnectionIsItsOwnCallersWhoeverCalledBefore) {
  Serve(Endpoint());
  const CertificateFiles ann = Caller();
  const CertificateFiles bob =
      authority.Issue("bob", "URI:spiffe://example.org/bob");
  for (int i = 0; i < 200; ++i) {
    const bool is_ann = i % 3 == 0;
    ASSERT_EQ(
        CallWith(is_ann ? ann : bob),
        is_ann ? grpc::StatusCode::OK : grpc::StatusCode::PERMISSION_DENIED);
  }
}

TEST_F(TlsDoorTest, ACompressedRequestIsUnderstood) {
  Serve(Endpoint());
  grpc::ClientContext context;
  context.set_compression_algorithm(GRPC_COMPRESS_GZIP);
  v1::ListClientsRequest request;
  request.set_page_size(7);
  v1::ListClientsResponse response;
  const grpc::Status status =
      Connect(Caller())->ListClients(&context, request, &response);
  EXPECT_TRUE(status.ok()) << status.error_message();
}

TEST_F(TlsDoorTest, ANewPairIsShownToWhoConnectsAndOpenConnectionsGoOn) {
  Serve(Endpoint());
  const auto connection = Connect(Caller());
  EXPECT_EQ(CallOver(*connection), grpc::StatusCode::OK);
  const std::string before = ContentOf(own.certificate);
  EXPECT_EQ(ServersCertificate(), before);
  authority.Issue("server", "DNS:localhost,IP:127.0.0.1");
  Look();
  EXPECT_NE(ContentOf(own.certificate), before);
  EXPECT_EQ(ServersCertificate(), ContentOf(own.certificate));
  EXPECT_EQ(CallOver(*connection), grpc::StatusCode::OK);
}

TEST_F(TlsDoorTest, ABrokenPairStaysOutUntilItIsMended) {
  Serve(Endpoint());
  const std::string before = ContentOf(own.certificate);
  const auto next = authority.Issue("next", "DNS:localhost,IP:127.0.0.1");
  Put(next.certificate, own.certificate);
  Look();
  EXPECT_EQ(ServersCertificate(), before);
  Put(next.key, own.key);
  Look();
  EXPECT_EQ(ServersCertificate(), ContentOf(next.certificate));
}

TEST_F(TlsDoorTest, DoesNotListenWithAFileThatIsMissing) {
  for (std::string TlsPaths::*file :
       {&TlsPaths::certificate_file, &TlsPaths::key_file,
        &TlsPaths::client_ca_file, &TlsPaths::client_crl_file}) {
    RpcEndpoint endpoint = Endpoint();
    (*endpoint.tls).*file = "/nowhere/file.pem";
    EXPECT_THAT(Refusal(endpoint), HasSubstr("/nowhere/file.pem"));
  }
}

TEST_F(TlsDoorTest, DoesNotListenWithAKeyOfAnotherCertificate) {
  RpcEndpoint endpoint = Endpoint();
  endpoint.tls->key_file = authority.Issue("other", "DNS:other").key;
  EXPECT_THAT(Refusal(endpoint), HasSubstr("other-key.pem: is not the key"));
}

}  // namespace
}  // namespace bursar
