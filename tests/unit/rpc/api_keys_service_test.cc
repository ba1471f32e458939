#include <gmock/gmock.h>

#include <string>

#include "grpcpp/create_channel.h"
#include "server/identity/bearer_tokens.h"
#include "server/rpc/bearer_authenticator.h"
#include "tests/unit/rpc/broker_fixture.h"

namespace bursar {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class ApiKeysServiceTest : public BrokerFixture {
 protected:
  ApiKeysServiceTest() {
    policy.Put(PolicyOf({EverythingFor({"anonymous", "api-key:batch"})}));
    // Nobody is anonymous here.
    auto started = RpcServer::Start({{.address = "127.0.0.1:0"}},
                                    NeedsWith(by_bearer, kMostInFlight));
    EXPECT_TRUE(started.ok()) << started.status();
    second = *std::move(started);
    second_events = v1::Events::NewStub(grpc::CreateChannel(
        second->addresses()[0], grpc::InsecureChannelCredentials()));
  }
  ~ApiKeysServiceTest() override { second.reset(); }

  v1::CreateApiKeyResponse Create(const std::string& name = "batch") {
    v1::CreateApiKeyRequest request;
    request.set_name(name);
    return Call(*api_key_stub, &v1::ApiKeys::Stub::CreateApiKey, request);
  }

  v1::ApiKey Revoke(const std::string& id) {
    v1::RevokeApiKeyRequest request;
    request.set_id(id);
    return Call(*api_key_stub, &v1::ApiKeys::Stub::RevokeApiKey, request);
  }

  // The outcome of a call that shows these authorizations.
  RpcError CallShowing(const std::vector<std::string>& authorizations) {
    grpc::ClientContext context;
    for (const std::string& value : authorizations) {
      context.AddMetadata("authorization", value);
    }
    v1::ListEventsResponse response;
    const grpc::Status status =
        second_events->ListEvents(&context, v1::ListEventsRequest(), &response);
    message = status.error_message();
    return ErrorOf(status);
  }

  BearerTokens bearer_tokens{&api_keys, {}, random};
  BearerAuthenticator by_bearer{bearer_tokens, refusals};
  std::unique_ptr<RpcServer> second;
  std::unique_ptr<v1::Events::Stub> second_events;
};

TEST_F(ApiKeysServiceTest, AKeyLetsItsBearerInUntilItIsRevoked) {
  const auto created = Create();
  ASSERT_EQ(error.code, grpc::StatusCode::OK) << message;
  const std::string shown = "Bearer " + created.key();
  EXPECT_EQ(CallShowing({shown}).code, grpc::StatusCode::OK) << message;
  const auto revoked = Revoke(created.api_key().id());
  ASSERT_EQ(error.code, grpc::StatusCode::OK) << message;
  EXPECT_TRUE(revoked.has_revoke_time());
  EXPECT_EQ(CallShowing({shown}).reason, "CREDENTIALS_INVALID");
}

TEST_F(ApiKeysServiceTest, WhateverIsWrongWithACredentialTheAnswerIsOne) {
  const auto created = Create();
  const std::string key = created.key();
  std::string wrong_secret = key;
  wrong_secret.back() = wrong_secret.back() == 'A' ? 'B' : 'A';
  const RpcError first = CallShowing({"Bearer nonsense"});
  const std::string text = message;
  EXPECT_EQ(first.code, grpc::StatusCode::UNAUTHENTICATED);
  for (const auto& shown : std::vector<std::vector<std::string>>{
           {"Bearer " + wrong_secret},
           {"Bearer "},
           {"Basic dXNlcjpwYXNz"},
           {""},
           {key},
           {"Bearer a.b.c"},
           {"Bearer " + key, "Bearer " + key}}) {
    const RpcError refused = CallShowing(shown);
    EXPECT_EQ(refused.code, grpc::StatusCode::UNAUTHENTICATED)
        << shown[0].size();
    EXPECT_EQ(refused.reason, "CREDENTIALS_INVALID");
    EXPECT_THAT(refused.metadata, IsEmpty());
    EXPECT_EQ(message, text);
  }
}

TEST_F(ApiKeysServiceTest, TheSchemeMayBeWrittenInLowerCase) {
  EXPECT_EQ(CallShowing({"bearer " + Create().key()}).code,
            grpc::StatusCode::OK)
      << message;
}

TEST_F(ApiKeysServiceTest, WhoShowsNoCredentialIsWhoTheTransportSays) {
  EXPECT_EQ(CallShowing({}).reason, "CREDENTIALS_INVALID");
}

TEST_F(ApiKeysServiceTest, ListsKeysWithoutWhatTheyAreShownBy) {
  const auto one = Create();
  const auto other = Create("reports");
  const auto listed = Call(*api_key_stub, &v1::ApiKeys::Stub::ListApiKeys,
                           v1::ListApiKeysRequest());
  ASSERT_EQ(listed.api_keys_size(), 2);
  EXPECT_EQ(listed.api_keys(0).name(), "reports");
  EXPECT_EQ(listed.api_keys(1).id(), one.api_key().id());
  EXPECT_THAT(listed.ShortDebugString(), Not(HasSubstr(one.key().substr(23))));
}

TEST_F(ApiKeysServiceTest, AKeyLivesAsLongAsItsMakerSays) {
  v1::CreateApiKeyRequest request;
  request.set_name("batch");
  request.mutable_ttl()->set_seconds(3600);
  const auto created =
      Call(*api_key_stub, &v1::ApiKeys::Stub::CreateApiKey, request);
  ASSERT_EQ(error.code, grpc::StatusCode::OK) << message;
  clock.Advance(absl::Hours(1));
  EXPECT_EQ(CallShowing({"Bearer " + created.key()}).reason,
            "CREDENTIALS_INVALID");
}

TEST_F(ApiKeysServiceTest, AMalformedRequestIsRefusedByField) {
  Create("Not A Name");
  EXPECT_EQ(error.field, "name");
  for (const int64_t seconds :
       {int64_t{59}, int64_t{732} * 86400, int64_t{-1}}) {
    v1::CreateApiKeyRequest request;
    request.set_name("batch");
    request.mutable_ttl()->set_seconds(seconds);
    Call(*api_key_stub, &v1::ApiKeys::Stub::CreateApiKey, request);
    EXPECT_EQ(error.field, "ttl") << seconds;
  }
  Revoke("");
  EXPECT_EQ(error.field, "id");
}

TEST_F(ApiKeysServiceTest, RevokingWhatIsNotThereIsNotFound) {
  Revoke("nothing");
  EXPECT_EQ(error.reason, "RESOURCE_NOT_FOUND");
  EXPECT_EQ(error.metadata.at("resource"), "api_key");
  const auto created = Create();
  Revoke(created.api_key().id());
  Revoke(created.api_key().id());
  EXPECT_EQ(error.reason, "RESOURCE_NOT_FOUND");
}

}  // namespace
}  // namespace bursar
