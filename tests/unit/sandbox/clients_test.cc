#include "sandbox/clients.h"

#include <gtest/gtest.h>

namespace bursar::sandbox {
namespace {

class ClientsTest : public testing::Test {
 protected:
  static Registration Of(ClientType type, std::vector<std::string> uris) {
    Registration registration;
    registration.name = "App";
    registration.type = type;
    registration.redirect_uris = std::move(uris);
    registration.data_centers = {"eu", "us"};
    return registration;
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

TEST_F(ClientsTest, EveryDataCentreHasASecretOfItsOwn) {
  const auto client =
      clients_.Register(Of(ClientType::kSelfClient, {}), issuer_);
  ASSERT_TRUE(client.ok());
  EXPECT_NE(client->secrets.at("us"), client->secrets.at("eu"));
}

TEST_F(ClientsTest, ASharedSecretIsTheSameEverywhere) {
  Registration registration = Of(ClientType::kSelfClient, {});
  registration.shared_secret = true;
  const auto client = clients_.Register(std::move(registration), issuer_);
  ASSERT_TRUE(client.ok());
  EXPECT_EQ(client->secrets.at("us"), client->secrets.at("eu"));
  const auto secret = clients_.ReplaceSecret(client->id, "eu", issuer_);
  EXPECT_EQ(clients_.Find(client->id)->secrets.at("us"), secret);
}

TEST_F(ClientsTest, ANewSecretReplacesTheOldOneOfItsDataCentre) {
  const auto client =
      clients_.Register(Of(ClientType::kSelfClient, {}), issuer_);
  ASSERT_TRUE(client.ok());
  const auto secret = clients_.ReplaceSecret(client->id, "eu", issuer_);
  ASSERT_TRUE(secret.has_value());
  EXPECT_NE(*secret, client->secrets.at("eu"));
  const auto& now = clients_.Find(client->id)->secrets;
  EXPECT_EQ(now.at("eu"), *secret);
  EXPECT_EQ(now.at("us"), client->secrets.at("us"));
}

TEST_F(ClientsTest, ARemovedClientIsGone) {
  const auto client =
      clients_.Register(Of(ClientType::kSelfClient, {}), issuer_);
  ASSERT_TRUE(client.ok());
  EXPECT_TRUE(clients_.Remove(client->id));
  EXPECT_EQ(clients_.Find(client->id), nullptr);
  EXPECT_TRUE(clients_.List().empty());
  EXPECT_FALSE(clients_.Remove(client->id));
}

}  // namespace
}  // namespace bursar::sandbox
