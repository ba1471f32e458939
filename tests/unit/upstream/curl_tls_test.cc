// Whom the transport believes over TLS.

#include <gtest/gtest.h>

#include <string>

#include "tests/fakes/temporary_folder.h"
#include "tests/unit/upstream/certificates.h"
#include "tests/unit/upstream/pending.h"
#include "tests/unit/upstream/scripted_server.h"

namespace bursar {
namespace {

class CurlTlsTest : public testing::Test {
 protected:
  CurlTlsTest() {
    authority_.Save(file_);
    trusting_.ca_file = file_;
  }

  // Sends to a server whose certificate says `subject`, and expects it to be
  // refused with nothing sent.
  void ExpectRefused(const UpstreamLimits& limits, const std::string& subject,
                     Trouble trouble, int newest_version = 0) {
    const auto context = authority_.ServerFor(subject);
    if (newest_version != 0) {
      SSL_CTX_set_security_level(context.get(), 0);
      SSL_CTX_set_max_proto_version(context.get(), newest_version);
    }
    const auto transport = TransportWith(limits);
    Pending pending(*transport, RequestTo(server_.Url("https")));
    Connection connection = server_.Accept();
    if (connection.Handshake(context.get())) {
      EXPECT_EQ(connection.ReadRequest(), "");
    }
    pending.ExpectFailure(trouble, false);
  }

  const TemporaryFolder folder_;
  const std::string file_ = folder_.Path("ca.pem");
  const TestAuthority authority_{"test authority"};
  UpstreamLimits trusting_;
  ScriptedServer server_;
};

TEST_F(CurlTlsTest, TheConfiguredAuthorityIsBelieved) {
  const auto context = authority_.ServerFor("IP:127.0.0.1");
  const auto transport = TransportWith(trusting_);
  Pending pending(*transport, RequestTo(server_.Url("https")));
  Connection connection = server_.Accept();
  ASSERT_TRUE(connection.Handshake(context.get()));
  EXPECT_NE(connection.ReadRequest().find("\r\n\r\na=1"), std::string::npos);
  connection.Answer("200 OK", "");
  EXPECT_EQ(pending.AwaitAnswer().status, 200);
}

TEST_F(CurlTlsTest, AnAuthorityThatIsNotConfiguredIsNot) {
  ExpectRefused({}, "IP:127.0.0.1", Trouble::kUntrusted);
}

TEST_F(CurlTlsTest, AnotherAuthorityThanTheConfiguredIsNot) {
  TestAuthority("another authority").Save(file_);
  ExpectRefused(trusting_, "IP:127.0.0.1", Trouble::kUntrusted);
}

TEST_F(CurlTlsTest, ACertificateForAnotherHostIsNot) {
  ExpectRefused(trusting_, "DNS:elsewhere.example", Trouble::kUntrusted);
}

TEST_F(CurlTlsTest, AVersionBefore12IsNotSpoken) {
  ExpectRefused(trusting_, "IP:127.0.0.1", Trouble::kUnreachable,
                TLS1_1_VERSION);
}

TEST_F(CurlTlsTest, AnAuthorityFileThatIsMissingMakesNobodyBelieved) {
  trusting_.ca_file = file_ + ".missing";
  ExpectRefused(trusting_, "IP:127.0.0.1", Trouble::kUntrusted);
}

}  // namespace
}  // namespace bursar
