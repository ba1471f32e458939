#include "server/rpc/clients_service.h"

#include <gmock/gmock.h>

#include "tests/unit/rpc/broker_fixture.h"

namespace bursar {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class ClientsServiceTest : public BrokerFixture {
 protected:
  v1::Client Get(const std::string& name) {
    v1::GetClientRequest request;
    request.set_name(name);
    return Call(*clients, &v1::Clients::Stub::GetClient, request);
  }

  v1::DeleteClientResponse Delete(const std::string& name, bool force) {
    v1::DeleteClientRequest request;
    request.set_name(name);
    request.set_force(force);
    return Call(*clients, &v1::Clients::Stub::DeleteClient, request);
  }

  v1::Client Update(const v1::Client& client) {
    v1::UpdateClientRequest request;
    *request.mutable_client() = client;
    return Call(*clients, &v1::Clients::Stub::UpdateClient, request);
  }

  v1::Client ReplaceSecret(const std::string& data_center,
                           const std::string& secret) {
    v1::ReplaceClientSecretRequest request;
    request.set_name("calendar");
    request.set_client_secret(secret);
    request.set_data_center(data_center);
    return Call(*clients, &v1::Clients::Stub::ReplaceClientSecret, request);
  }

  v1::Client RemoveSecret(const std::string& data_center) {
    v1::RemoveClientSecretRequest request;
    request.set_name("calendar");
    request.set_data_center(data_center);
    return Call(*clients, &v1::Clients::Stub::RemoveClientSecret, request);
  }

  std::vector<std::string> EventKinds() {
    const auto page =
        Call(*events, &v1::Events::Stub::ListEvents, v1::ListEventsRequest());
    std::vector<std::string> kinds;
    for (const v1::Event& event : page.events()) kinds.push_back(event.kind());
    return kinds;
  }
};

TEST_F(ClientsServiceTest, ACreatedClientCanBeReadButNotItsSecret) {
  CreateCalendar();
  const v1::Client client = Get("calendar");
  EXPECT_EQ(client.provider(), "zoho");
  EXPECT_EQ(client.client_id(), "1000.CLIENT");
  EXPECT_EQ(client.data_center(), "us");
  EXPECT_THAT(client.default_scopes(), ElementsAre("Calendar.READ"));
  EXPECT_TRUE(client.has_secret());
  EXPECT_THAT(client.SerializeAsString(), Not(HasSubstr("secret")));
}

TEST_F(ClientsServiceTest, AClientsNameIsTakenOnce) {
  CreateCalendar();
  v1::CreateClientRequest again;
  again.mutable_client()->set_name("calendar");
  again.mutable_client()->set_provider("plain");
  again.mutable_client()->set_client_id("x");
  Call(*clients, &v1::Clients::Stub::CreateClient, again);
  EXPECT_EQ(error.code, grpc::StatusCode::ALREADY_EXISTS);
  EXPECT_EQ(error.reason, "RESOURCE_EXISTS");
  EXPECT_EQ(error.metadata["resource"], "client");
}

TEST_F(ClientsServiceTest, AProviderMustBeConfigured) {
  v1::CreateClientRequest request;
  request.mutable_client()->set_name("calendar");
  request.mutable_client()->set_provider("unheard-of");
  request.mutable_client()->set_client_id("x");
  Call(*clients, &v1::Clients::Stub::CreateClient, request);
  EXPECT_EQ(error.code, grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(error.metadata["resource"], "provider");
}

TEST_F(ClientsServiceTest, ADataCenterMustBeTheProviders) {
  v1::CreateClientRequest request;
  request.mutable_client()->set_name("calendar");
  request.mutable_client()->set_provider("zoho");
  request.mutable_client()->set_client_id("x");
  request.mutable_client()->set_data_center("mars");
  Call(*clients, &v1::Clients::Stub::CreateClient, request);
  EXPECT_EQ(error.field, "client.data_center");
}

TEST_F(ClientsServiceTest, AnUnknownClientIsNotFound) {
  Get("nobody");
  EXPECT_EQ(error.code, grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(error.metadata["resource"], "client");
  Delete("nobody", false);
  EXPECT_EQ(error.metadata["resource"], "client");
  Delete("nobody", true);
  EXPECT_EQ(error.metadata["resource"], "client");
  v1::Client unknown;
  unknown.set_name("nobody");
  unknown.set_client_id("x");
  Update(unknown);
  EXPECT_EQ(error.metadata["resource"], "client");
}

TEST_F(ClientsServiceTest, AnUpdateReplacesEverySettableField) {
  v1::Client client = CreateCalendar();
  client.set_client_id("1000.OTHER");
  client.set_data_center("eu");
  client.clear_default_scopes();
  const v1::Client updated = Update(client);
  EXPECT_EQ(error.code, grpc::StatusCode::OK) << message;
  EXPECT_EQ(updated.client_id(), "1000.OTHER");
  EXPECT_EQ(updated.data_center(), "eu");
  EXPECT_THAT(updated.default_scopes(), IsEmpty());
  EXPECT_TRUE(updated.has_secret());
  EXPECT_NE(updated.etag(), client.etag());
}

TEST_F(ClientsServiceTest, AnEtagThatIsNotCurrentIsRefused) {
  const v1::Client first = CreateCalendar();
  Update(first);
  Update(first);
  EXPECT_EQ(error.code, grpc::StatusCode::ABORTED);
  EXPECT_EQ(error.reason, "ETAG_STALE");
}

TEST_F(ClientsServiceTest, WithoutEtagAnyRevisionIsUpdated) {
  v1::Client client = CreateCalendar();
  client.clear_etag();
  Update(client);
  Update(client);
  EXPECT_EQ(error.code, grpc::StatusCode::OK) << message;
}

TEST_F(ClientsServiceTest, AProviderCannotBeChanged) {
  v1::Client client = CreateCalendar();
  client.set_provider("plain");
  client.clear_data_center();
  Update(client);
  EXPECT_EQ(error.field, "client.provider");
}

TEST_F(ClientsServiceTest, AReplacedSecretIsSentFromThenOn) {
  const v1::Client before = CreateCalendar();
  const v1::Client after = ReplaceSecret("", "the-second-client-secret");
  EXPECT_NE(after.etag(), before.etag());
  ConsentOf("ada", "access-1", "refresh-1");
  EXPECT_EQ(upstream.calls().back().client_secret, "the-second-client-secret");
}

TEST_F(ClientsServiceTest, AnOwnSecretIsToldOfAndTheSharedOneGoesOn) {
  CreateCalendar();
  const v1::Client after = ReplaceSecret("eu", "the-european-client-secret");
  EXPECT_EQ(error.code, grpc::StatusCode::OK) << message;
  EXPECT_THAT(after.secret_data_centers(), ElementsAre("eu"));
  EXPECT_THAT(Get("calendar").secret_data_centers(), ElementsAre("eu"));
  ConsentOf("ada", "access-1", "refresh-1");
  EXPECT_NE(upstream.calls().back().client_secret,
            "the-european-client-secret");
}

TEST_F(ClientsServiceTest, AnOwnSecretIsOfADataCentreOfTheProviders) {
  CreateCalendar();
  ReplaceSecret("mars", "the-martian-client-secret");
  EXPECT_EQ(error.code, grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(error.field, "data_center");
  EXPECT_THAT(Get("calendar").secret_data_centers(), IsEmpty());
}

TEST_F(ClientsServiceTest, AnOwnSecretIsTakenAwayOnce) {
  CreateCalendar();
  ReplaceSecret("eu", "the-european-client-secret");
  EXPECT_THAT(RemoveSecret("eu").secret_data_centers(), IsEmpty());
  EXPECT_EQ(error.code, grpc::StatusCode::OK) << message;
  RemoveSecret("eu");
  EXPECT_EQ(error.code, grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(error.metadata["resource"], "client_secret");
}

TEST_F(ClientsServiceTest, AClientWithLivingGrantsIsNotDeleted) {
  CreateCalendar();
  ConsentOf("ada", "access-1", "refresh-1");
  Delete("calendar", false);
  EXPECT_EQ(error.code, grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(error.reason, "CLIENT_IN_USE");
  EXPECT_EQ(Get("calendar").name(), "calendar");
}

TEST_F(ClientsServiceTest, ForceRevokesTheGrantsFirst) {
  CreateCalendar();
  const v1::Grant grant = ConsentOf("ada", "access-1", "refresh-1");
  const auto response = Delete("calendar", true);
  EXPECT_EQ(error.code, grpc::StatusCode::OK) << message;
  EXPECT_THAT(response.revoked_grants(), ElementsAre(grant.id()));
  EXPECT_TRUE(upstream.AnswerRevocation(RevokeResult::kConfirmed));
  Get("calendar");
  EXPECT_EQ(error.code, grpc::StatusCode::NOT_FOUND);
}

TEST_F(ClientsServiceTest, EveryChangeIsRecordedOnce) {
  const v1::Client client = CreateCalendar();
  Update(client);
  Update(client);  // Refused: the etag has changed.
  ReplaceSecret("eu", "another-client-secret");
  RemoveSecret("eu");
  Delete("calendar", false);
  EXPECT_THAT(
      EventKinds(),
      ElementsAre("client.created", "client.updated", "client.secret_replaced",
                  "client.secret_removed", "client.deleted"));
}

TEST_F(ClientsServiceTest, ListsByNameInPages) {
  for (const char* name : {"mail", "calendar", "notes"}) {
    v1::CreateClientRequest request;
    request.mutable_client()->set_name(name);
    request.mutable_client()->set_provider("plain");
    request.mutable_client()->set_client_id("x");
    Call(*clients, &v1::Clients::Stub::CreateClient, request);
  }
  v1::ListClientsRequest request;
  request.set_page_size(2);
  const auto first = Call(*clients, &v1::Clients::Stub::ListClients, request);
  ASSERT_EQ(first.clients_size(), 2);
  EXPECT_EQ(first.clients(0).name(), "calendar");
  EXPECT_EQ(first.clients(1).name(), "mail");
  request.set_page_token(first.next_page_token());
  const auto second = Call(*clients, &v1::Clients::Stub::ListClients, request);
  ASSERT_EQ(second.clients_size(), 1);
  EXPECT_EQ(second.clients(0).name(), "notes");
  EXPECT_THAT(second.next_page_token(), IsEmpty());
}

TEST_F(ClientsServiceTest, APageTokenOfAnotherQueryIsRefused) {
  for (const char* name : {"mail", "notes"}) {
    v1::CreateClientRequest request;
    request.mutable_client()->set_name(name);
    request.mutable_client()->set_provider("plain");
    request.mutable_client()->set_client_id("x");
    Call(*clients, &v1::Clients::Stub::CreateClient, request);
  }
  v1::ListClientsRequest request;
  request.set_page_size(1);
  request.set_page_token(
      Call(*clients, &v1::Clients::Stub::ListClients, request)
          .next_page_token());
  request.set_provider("zoho");
  Call(*clients, &v1::Clients::Stub::ListClients, request);
  EXPECT_EQ(error.code, grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(error.field, "page_token");
}

TEST_F(ClientsServiceTest, AResponseTypeIsCodeUnlessItSaysOtherwise) {
  CreateCalendar();
  EXPECT_EQ(Get("calendar").response_type(), v1::Client::CODE);
}

TEST_F(ClientsServiceTest, AResponseTypeIsForProvidersThatHaveIt) {
  v1::CreateClientRequest request;
  request.mutable_client()->set_name("page");
  request.mutable_client()->set_provider("plain");
  request.mutable_client()->set_client_id("id");
  request.mutable_client()->set_response_type(v1::Client::TOKEN);
  Call(*clients, &v1::Clients::Stub::CreateClient, request);
  EXPECT_EQ(error.reason, "FIELD_INVALID");
  EXPECT_EQ(error.field, "client.response_type");
  request.mutable_client()->set_provider("zoho");
  EXPECT_EQ(
      Call(*clients, &v1::Clients::Stub::CreateClient, request).response_type(),
      v1::Client::TOKEN);
  EXPECT_EQ(error.code, grpc::StatusCode::OK) << message;
}

TEST_F(ClientsServiceTest, AResponseTypeNeverChanges) {
  v1::Client client = CreateCalendar();
  client.set_response_type(v1::Client::TOKEN);
  Update(client);
  EXPECT_EQ(error.field, "client.response_type");
  client.set_response_type(v1::Client::RESPONSE_TYPE_UNSPECIFIED);
  EXPECT_EQ(Update(client).response_type(), v1::Client::CODE);
  EXPECT_EQ(error.code, grpc::StatusCode::OK) << message;
}

TEST_F(ClientsServiceTest, AResponseTypeThatNobodyKnowsIsRefused) {
  v1::Client client = CreateCalendar();
  client.set_response_type(static_cast<v1::Client::ResponseType>(9));
  Update(client);
  EXPECT_EQ(error.field, "client.response_type");
}

}  // namespace
}  // namespace bursar
