#include "server/rpc/credentials.h"

#include <gmock/gmock.h>

#include <fstream>

#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "tests/fakes/certificate_files.h"
#include "tests/unit/rpc/broker_fixture.h"

namespace bursar {
namespace {

using ::testing::HasSubstr;

class CredentialsTest : public BrokerFixture {
 protected:
  CredentialsTest()
      : authority(ledger.folder()),
        own(authority.Issue("server", "DNS:localhost,IP:127.0.0.1")) {
    policy.Put(PolicyOf({EverythingFor(
        {"loopback", "spiffe://example.org/calendar", "the-old-way"})}));
  }

  absl::StatusOr<std::unique_ptr<RpcServer>> StartWith(const RpcTls& tls) {
    return RpcServer::Start({{"127.0.0.1:0", tls}}, Needs());
  }

  // Has the stub call `secured`, showing `shown` if there is one.
  void Connect(const RpcServer& secured,
               const std::optional<CertificateFiles>& shown) {
    grpc::SslCredentialsOptions options;
    options.pem_root_certs = ContentOf(authority.certificate());
    if (shown) {
      options.pem_cert_chain = ContentOf(shown->certificate);
      options.pem_private_key = ContentOf(shown->key);
    }
    clients = v1::Clients::NewStub(grpc::CreateChannel(
        secured.addresses()[0], grpc::SslCredentials(options)));
  }

  std::string ActorOfLastEvent() {
    v1::ListEventsRequest request;
    request.set_newest_first(true);
    request.set_page_size(1);
    const auto page = Call(*events, &v1::Events::Stub::ListEvents, request);
    return page.events_size() == 1 ? page.events(0).actor() : "";
  }

  void ExpectRefused(const RpcTls& tls, const std::string& file) {
    const auto started = StartWith(tls);
    ASSERT_FALSE(started.ok());
    EXPECT_THAT(std::string(started.status().message()), HasSubstr(file));
  }

  FileAuthority authority;
  const CertificateFiles own;
};

TEST_F(CredentialsTest, AnswersOverTls) {
  const auto secured = StartWith({own.certificate, own.key, ""});
  ASSERT_TRUE(secured.ok()) << secured.status();
  Connect(**secured, std::nullopt);
  CreateCalendar();
  EXPECT_EQ(ActorOfLastEvent(), "loopback");
}

TEST_F(CredentialsTest, ACallerIsWhomTheirCertificateNames) {
  const auto secured =
      StartWith({own.certificate, own.key, authority.certificate()});
  ASSERT_TRUE(secured.ok()) << secured.status();
  Connect(**secured,
          authority.Issue("caller", "URI:spiffe://example.org/calendar"));
  CreateCalendar();
  EXPECT_EQ(ActorOfLastEvent(), "spiffe://example.org/calendar");
}

TEST_F(CredentialsTest, ACertificateWithoutAlternativeNameNamesByCommonName) {
  const auto secured =
      StartWith({own.certificate, own.key, authority.certificate()});
  ASSERT_TRUE(secured.ok()) << secured.status();
  Connect(**secured, authority.Issue("the-old-way", ""));
  CreateCalendar();
  EXPECT_EQ(ActorOfLastEvent(), "the-old-way");
}

TEST_F(CredentialsTest, ACallerWithoutCertificateDoesNotGetIn) {
  const auto secured =
      StartWith({own.certificate, own.key, authority.certificate()});
  ASSERT_TRUE(secured.ok()) << secured.status();
  Connect(**secured, std::nullopt);
  v1::GetClientRequest request;
  request.set_name("calendar");
  Call(*clients, &v1::Clients::Stub::GetClient, request);
  EXPECT_EQ(error.code, grpc::StatusCode::UNAVAILABLE);
}

TEST_F(CredentialsTest, AFileThatIsMissingIsNamed) {
  ExpectRefused({"/nowhere/cert.pem", own.key, ""}, "/nowhere/cert.pem");
  ExpectRefused({own.certificate, "/nowhere/key.pem", ""}, "/nowhere/key.pem");
  ExpectRefused({own.certificate, own.key, "/nowhere/ca.pem"},
                "/nowhere/ca.pem");
}

TEST_F(CredentialsTest, AKeyOfAnotherCertificateIsRefused) {
  const CertificateFiles other = authority.Issue("other", "DNS:other");
  ExpectRefused({own.certificate, other.key, ""}, other.key);
}

TEST_F(CredentialsTest, AFileThatIsNoPemIsNamed) {
  const std::string garbage = ledger.folder() + "/garbage.pem";
  std::ofstream(garbage) << "not a certificate";
  ExpectRefused({garbage, own.key, ""}, garbage);
  ExpectRefused({own.certificate, garbage, ""}, garbage);
  ExpectRefused({own.certificate, own.key, garbage}, garbage);
}

}  // namespace
}  // namespace bursar
