#include "sandbox/clients.h"

#include <gtest/gtest.h>

namespace bursar::sandbox {
namespace {

class ClientsTest : public testing::Test {
 protected:
  static Registration Of(ClientType type, std::vector<std::string> uris) {
    return {"App", "https://app.example.com", type, std::move(uris)};
  }

  SystemRandom random_;
  Issuer issuer_{random_};
  Clients clients_;
};

TEST_F(ClientsTest, GivesASecretToTheTypesThatCanKeepOne) {
  const std::vector<std::string> uris = {"https://app.example.com/cb"};
  for (const auto& [type, keeps] :
       {std::pair(ClientType::kServerBased, true),
        std::pair(ClientType::kNonBrowser, true),
        std::pair(ClientType::kSelfClient, true),
        std::pair(ClientType::kClientBased, false),
        std::pair(ClientType::kMobileBased, false)}) {
    const auto client = clients_.Register(Of(type, uris), issuer_);
    ASSERT_TRUE(client.ok());
    EXPECT_EQ(client->HasSecret(), keeps) << ToName(type);
  }
}

TEST_F(ClientsTest, RefusesARedirectUriThatIsNone) {
  for (const char* uri : {"app.example.com/cb", "https://", "https://a/#b",
                          "javascript:alert(1)", "https://a b/"}) {
    EXPECT_FALSE(
        clients_.Register(Of(ClientType::kServerBased, {uri}), issuer_).ok())
        << uri;
  }
}

TEST_F(ClientsTest, WantsARedirectUriWhereOneIsUsed) {
  EXPECT_FALSE(
      clients_.Register(Of(ClientType::kServerBased, {}), issuer_).ok());
  EXPECT_TRUE(clients_.Register(Of(ClientType::kNonBrowser, {}), issuer_).ok());
}

TEST_F(ClientsTest, ComparesRedirectUrisLetterByLetter) {
  const auto client = clients_.Register(
      Of(ClientType::kServerBased, {"https://app.example.com/cb"}), issuer_);
  ASSERT_TRUE(client.ok());
  EXPECT_TRUE(client->Redirects("https://app.example.com/cb"));
  EXPECT_FALSE(client->Redirects("https://app.example.com/cb/"));
  EXPECT_FALSE(client->Redirects("https://APP.example.com/cb"));
}

TEST_F(ClientsTest, ANewSecretReplacesTheOldOne) {
  const auto client =
      clients_.Register(Of(ClientType::kSelfClient, {}), issuer_);
  ASSERT_TRUE(client.ok());
  const auto secret = clients_.ReplaceSecret(client->id, issuer_);
  ASSERT_TRUE(secret.has_value());
  EXPECT_NE(*secret, client->secret);
  EXPECT_EQ(clients_.Find(client->id)->secret, *secret);
}

}  // namespace
}  // namespace bursar::sandbox
