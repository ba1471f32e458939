#include "server/identity/server_tls.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <memory>
#include <string>

#include "tests/fakes/manual_clock.h"
#include "tests/fakes/manual_executor.h"
#include "tests/unit/identity/authority_folder.h"

namespace bursar {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

constexpr char kAnnsName[] = "URI:spiffe://example.org/ann";

class ServerTlsTest : public ::testing::Test {
 protected:
  ServerTlsTest() {
    clock.Advance(folder.now - clock.Now());
    Put(folder.authority.certificate(), paths.client_ca_file);
    Put(folder.authority.Revoke("nobody", {}), paths.client_crl_file);
    PutPair("first");
    auto loaded = ServerTls::Load(paths, clock, executor, in_force);
    EXPECT_TRUE(loaded.ok()) << loaded.status();
    tls = *std::move(loaded);
  }

  void Put(const std::string& from, const std::string& to) {
    fs::copy_file(from, to, fs::copy_options::overwrite_existing);
  }

  // Issues a pair and puts it in place.
  void PutPair(const std::string& name) {
    const auto pair = folder.authority.Issue(name, "DNS:localhost");
    Put(pair.certificate, paths.certificate_file);
    Put(pair.key, paths.key_file);
  }

  void Look() { executor.Advance(FileWatch::kInterval); }

  std::string Shown() const {
    return std::string(tls->material()->pair.certificates.Expose());
  }
  std::string ContentNow(const std::string& name) const {
    return ContentOf(folder.Path(name + ".pem"));
  }

  // Whether Ann's certificate is good.
  bool AnnGetsIn() {
    return tls->judge()
        ->Judge(ContentOf(ann.certificate), "", clock.Now())
        .caller.ok();
  }

  // What is logged while files are looked at.
  std::string LogOfALook() {
    ::testing::internal::CaptureStderr();
    Look();
    return ::testing::internal::GetCapturedStderr();
  }

  // Of the files of this kind.
  FilesInForce::State StateOf(const std::string& kind) const {
    for (const auto& [files, state] : in_force.States()) {
      if (files.kind == kind) return state;
    }
    return {};
  }

  AuthorityFolder folder;
  const TlsPaths paths{folder.Path("tls.pem"), folder.Path("tls.key"),
                       folder.Path("ca.pem"), folder.Path("crl.pem")};
  const CertificateFiles ann = folder.authority.Issue("ann", kAnnsName);
  ManualClock clock;
  ManualExecutor executor;
  FilesInForce in_force;
  std::unique_ptr<ServerTls> tls;
};

TEST_F(ServerTlsTest, StartsWithWhatTheFilesHold) {
  EXPECT_EQ(Shown(), ContentNow("first"));
  EXPECT_EQ(tls->material()->client_authorities.Expose(),
            ContentNow("authority"));
  EXPECT_TRUE(AnnGetsIn());
}

TEST_F(ServerTlsTest, DoesNotStartWithAFileThatIsNotFit) {
  TlsPaths broken = paths;
  broken.client_crl_file = paths.key_file;
  const auto loaded = ServerTls::Load(broken, clock, executor, in_force);
  ASSERT_FALSE(loaded.ok());
  EXPECT_THAT(std::string(loaded.status().message()), HasSubstr("tls.key"));
}

TEST_F(ServerTlsTest, TakesANewPairUp) {
  PutPair("second");
  EXPECT_THAT(LogOfALook(), HasSubstr("tls.reloaded"));
  EXPECT_EQ(Shown(), ContentNow("second"));
}

TEST_F(ServerTlsTest, OffersTheSameMaterialWhileNothingChanges) {
  const auto before = tls->material();
  Look();
  EXPECT_EQ(tls->material(), before);
}

TEST_F(ServerTlsTest, AMismatchedPairIsRefusedLoudlyAndTheGoodStays) {
  const auto other = folder.authority.Issue("other", "DNS:localhost");
  Put(other.certificate, paths.certificate_file);
  const std::string said = LogOfALook();
  EXPECT_THAT(said, HasSubstr("tls.refused"));
  EXPECT_THAT(said, HasSubstr("is not the key of the certificate"));
  EXPECT_EQ(Shown(), ContentNow("first"));
}

TEST_F(ServerTlsTest, AMissingFileIsRefusedLoudlyAndTheGoodStays) {
  fs::remove(paths.key_file);
  EXPECT_THAT(LogOfALook(), HasSubstr("tls.refused"));
  EXPECT_EQ(Shown(), ContentNow("first"));
}

TEST_F(ServerTlsTest, AMendedPairIsTaken) {
  const auto other = folder.authority.Issue("other", "DNS:localhost");
  Put(other.certificate, paths.certificate_file);
  Look();
  Put(other.key, paths.key_file);
  Look();
  EXPECT_EQ(Shown(), ContentNow("other"));
}

TEST_F(ServerTlsTest, ARevocationCounts) {
  EXPECT_TRUE(AnnGetsIn());
  Put(folder.authority.Revoke("list", {ann.certificate}),
      paths.client_crl_file);
  Look();
  EXPECT_FALSE(AnnGetsIn());
}

TEST_F(ServerTlsTest, ARevocationCountsWhateverIsWrongWithThePair) {
  fs::remove(paths.key_file);
  Put(folder.authority.Revoke("list", {ann.certificate}),
      paths.client_crl_file);
  Look();
  EXPECT_FALSE(AnnGetsIn());
}

TEST_F(ServerTlsTest, ABrokenRevocationListIsRefusedLoudlyAndTheGoodStays) {
  Put(folder.authority.Revoke("list", {ann.certificate}),
      paths.client_crl_file);
  Look();
  folder.Write("crl.pem", "garbage");
  EXPECT_THAT(LogOfALook(), HasSubstr("tls.refused"));
  EXPECT_FALSE(AnnGetsIn());
}

TEST_F(ServerTlsTest, ANewCaIsTakenUpForHandshakesAndCalls) {
  FileAuthority other(folder.Within("other"), "other");
  const auto bob = other.Issue("bob", "DNS:bob");
  Put(other.certificate(), paths.client_ca_file);
  Put(other.Revoke("list", {}), paths.client_crl_file);
  Look();
  EXPECT_FALSE(AnnGetsIn());
  EXPECT_TRUE(tls->judge()
                  ->Judge(ContentOf(bob.certificate), "", clock.Now())
                  .caller.ok());
  EXPECT_EQ(tls->material()->client_authorities.Expose(),
            ContentOf(other.certificate()));
  EXPECT_EQ(Shown(), ContentNow("first"));
}

TEST_F(ServerTlsTest, ARefusedPairIsKnownUntilItIsMended) {
  const absl::Time taken = StateOf("certificate").taken;
  EXPECT_EQ(taken, clock.Now());
  clock.Advance(absl::Minutes(1));
  const std::string good = ContentOf(paths.key_file);
  folder.Write("tls.key", "garbage");
  Look();
  EXPECT_TRUE(StateOf("certificate").refused);
  EXPECT_EQ(StateOf("certificate").taken, taken);
  EXPECT_FALSE(StateOf("client_ca").refused);
  folder.Write("tls.key", good);
  Look();
  EXPECT_FALSE(StateOf("certificate").refused);
  EXPECT_EQ(StateOf("certificate").taken, clock.Now());
}

TEST_F(ServerTlsTest, ARefusedRevocationListIsKnownUntilItIsMended) {
  EXPECT_EQ(StateOf("client_ca").taken, clock.Now());
  folder.Write("crl.pem", "garbage");
  Look();
  EXPECT_TRUE(StateOf("client_ca").refused);
  EXPECT_FALSE(StateOf("certificate").refused);
  Put(folder.authority.Revoke("list", {}), paths.client_crl_file);
  Look();
  EXPECT_FALSE(StateOf("client_ca").refused);
}

TEST_F(ServerTlsTest, NoKeyIsLogged) {
  PutPair("second");
  std::string said = LogOfALook();
  folder.Write("tls.pem", "garbage");
  said += LogOfALook();
  EXPECT_THAT(said, ::testing::Not(HasSubstr("PRIVATE")));
}

}  // namespace
}  // namespace bursar
