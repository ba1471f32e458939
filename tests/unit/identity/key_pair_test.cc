#include "server/identity/key_pair.h"

#include <gmock/gmock.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <cstdio>
#include <string>

#include "server/identity/openssl.h"
#include "tests/unit/identity/authority_folder.h"

namespace bursar {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

class KeyPairTest : public ::testing::Test {
 protected:
  // Why the pair is refused; "" if it is not.
  std::string Refusal(const std::string& certificate, const std::string& key) {
    return std::string(
        LoadKeyPair(certificate, key, folder.now).status().message());
  }

  AuthorityFolder folder;
  const CertificateFiles server =
      folder.authority.Issue("server", "DNS:localhost");
};

TEST_F(KeyPairTest, APairIsLoadedAsItStands) {
  const auto pair = LoadKeyPair(server.certificate, server.key, folder.now);
  ASSERT_TRUE(pair.ok()) << pair.status();
  EXPECT_EQ(pair->certificates.Expose(), ContentOf(server.certificate));
  EXPECT_EQ(pair->key.Expose(), ContentOf(server.key));
}

TEST_F(KeyPairTest, TheWayToARootMayFollow) {
  folder.Write("chain.pem", ContentOf(server.certificate) +
                                ContentOf(folder.authority.certificate()));
  EXPECT_EQ(Refusal(folder.Path("chain.pem"), server.key), "");
}

TEST_F(KeyPairTest, AKeyOfAnotherCertificateIsRefused) {
  const auto other = folder.authority.Issue("other", "");
  EXPECT_THAT(Refusal(server.certificate, other.key),
              AllOf(HasSubstr(other.key), HasSubstr("not the key")));
}

TEST_F(KeyPairTest, AMissingFileIsNamed) {
  EXPECT_THAT(Refusal(folder.Path("none.pem"), server.key),
              HasSubstr("none.pem: cannot be read"));
  EXPECT_THAT(Refusal(server.certificate, folder.Path("none.pem")),
              HasSubstr("none.pem: cannot be read"));
}

TEST_F(KeyPairTest, WhatIsNoPemIsNamed) {
  folder.Write("garbage.pem", "garbage");
  EXPECT_THAT(Refusal(folder.Path("garbage.pem"), server.key),
              HasSubstr("garbage.pem: holds no certificate"));
  EXPECT_THAT(Refusal(server.certificate, folder.Path("garbage.pem")),
              HasSubstr("garbage.pem: holds no unencrypted key"));
}

TEST_F(KeyPairTest, AFileThatIsHalfWrittenIsRefused) {
  const std::string certificate = ContentOf(server.certificate);
  folder.Write("half.pem", certificate.substr(0, certificate.size() / 2));
  EXPECT_THAT(Refusal(folder.Path("half.pem"), server.key),
              HasSubstr("half.pem"));
}

TEST_F(KeyPairTest, AnExpiredCertificateIsRefused) {
  const auto old = folder.authority.Issue(
      {.name = "old", .begins = -absl::Hours(2), .ends = -absl::Hours(1)});
  EXPECT_THAT(Refusal(old.certificate, old.key), HasSubstr("expired"));
}

TEST_F(KeyPairTest, ACertificateOfTheFutureIsTaken) {
  const auto early =
      folder.authority.Issue({.name = "early", .begins = absl::Minutes(5)});
  EXPECT_EQ(Refusal(early.certificate, early.key), "");
}

TEST_F(KeyPairTest, AKeyWithAPassphraseIsRefusedWithoutAsking) {
  const OpenSslPtr<EVP_PKEY> key(EVP_EC_gen("P-256"));
  const std::string path = folder.Path("locked.pem");
  std::FILE* file = std::fopen(path.c_str(), "w");
  PEM_write_PrivateKey(file, key.get(), EVP_aes_128_cbc(),
                       reinterpret_cast<const unsigned char*>("pass"), 4,
                       nullptr, nullptr);
  std::fclose(file);
  EXPECT_THAT(Refusal(server.certificate, path), HasSubstr("unencrypted"));
}

}  // namespace
}  // namespace bursar
