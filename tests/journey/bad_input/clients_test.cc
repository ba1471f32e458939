// What Clients refuses.

#include <string>
#include <vector>

#include "tests/journey/bad_input/bad_input.h"

namespace bursar::journey {
namespace {

std::vector<Case> CreateClientCases() {
  using Create = v1::CreateClientRequest;
  Create right;
  right.mutable_client()->set_name("crm");
  right.mutable_client()->set_provider("cliq");
  right.mutable_client()->set_client_id("1000.CRM");
  return CasesOf("CreateClient", right, &Api::CreateClient)
      .Invalid("NoName", "client.name",
               [](Create& r) { r.mutable_client()->clear_name(); })
      .Invalid("NameNotUtf8", "client.name",
               [](Create& r) { r.mutable_client()->set_name(kNotUtf8); })
      .Invalid("NoClientId", "client.client_id",
               [](Create& r) { r.mutable_client()->clear_client_id(); })
      .Invalid("OverlongClientId", "client.client_id",
               [](Create& r) {
                 r.mutable_client()->set_client_id(std::string(513, 'i'));
               })
      .Invalid("NoProvider", "client.provider",
               [](Create& r) { r.mutable_client()->clear_provider(); })
      .Unknown("UnknownProvider", "provider",
               [](Create& r) { r.mutable_client()->set_provider("nobody"); })
      .Invalid("UnknownDataCenter", "client.data_center",
               [](Create& r) { r.mutable_client()->set_data_center("mars"); })
      .Invalid(
          "RelativeRedirectUri", "client.redirect_uri",
          [](Create& r) { r.mutable_client()->set_redirect_uri("/callback"); })
      .Invalid("EmptyDefaultScope", "client.default_scopes[0]",
               [](Create& r) { r.mutable_client()->add_default_scopes(""); })
      .Invalid("OverlongSecret", "client_secret",
               [](Create& r) { r.set_client_secret(std::string(1025, 's')); })
      .cases();
}

std::vector<Case> GetClientCases() {
  using Get = v1::GetClientRequest;
  return CasesOf("GetClient", Get(), &Api::GetClient)
      .Invalid("EmptyName", "name", [](Get&) {})
      .Unknown("UnknownName", "client", [](Get& r) { r.set_name("nobody"); })
      .cases();
}

std::vector<Case> UpdateClientCases() {
  using Update = v1::UpdateClientRequest;
  Update update;
  update.mutable_client()->set_name(kClient);
  update.mutable_client()->set_client_id("1000.CRM");
  return CasesOf("UpdateClient", update, &Api::UpdateClient)
      .Invalid("NoName", "client.name",
               [](Update& r) { r.mutable_client()->clear_name(); })
      .Unknown("UnknownName", "client",
               [](Update& r) { r.mutable_client()->set_name("nobody"); })
      .Invalid("NoClientId", "client.client_id",
               [](Update& r) { r.mutable_client()->clear_client_id(); })
      .Invalid("AnotherProvider", "client.provider",
               [](Update& r) { r.mutable_client()->set_provider("other"); })
      .cases();
}

std::vector<Case> DeleteClientCases() {
  using Delete = v1::DeleteClientRequest;
  return CasesOf("DeleteClient", Delete(), &Api::DeleteClient)
      .Invalid("EmptyName", "name", [](Delete&) {})
      .Unknown("UnknownName", "client", [](Delete& r) { r.set_name("nobody"); })
      .cases();
}

std::vector<Case> ReplaceClientSecretCases() {
  using Replace = v1::ReplaceClientSecretRequest;
  Replace replace;
  replace.set_name("nobody");
  replace.set_client_secret("a new secret");
  return CasesOf("ReplaceClientSecret", replace, &Api::ReplaceClientSecret)
      .Invalid("EmptyName", "name", [](Replace& r) { r.clear_name(); })
      .Invalid("EmptySecret", "client_secret",
               [](Replace& r) { r.clear_client_secret(); })
      .Unknown("UnknownName", "client", [](Replace&) {})
      .Unknown("UnknownNameAtADataCentre", "client",
               [](Replace& r) { r.set_data_center("us"); })
      .Invalid("UnknownDataCentre", "data_center",
               [](Replace& r) {
                 r.set_name(kClient);
                 r.set_data_center("nowhere");
               })
      .cases();
}

TEST_F(BadInput, ToClientsIsRefusedByNameAndChangesNothing) {
  ExpectRefused(CreateClientCases());
  ExpectRefused(GetClientCases());
  ExpectRefused(UpdateClientCases());
  ExpectRefused(DeleteClientCases());
  ExpectRefused(ReplaceClientSecretCases());
}

TEST_F(BadInput, TakenNameIsRefused) {
  v1::CreateClientRequest request;
  request.mutable_client()->set_name(kClient);
  request.mutable_client()->set_provider("cliq");
  request.mutable_client()->set_client_id("1000.OTHER");
  const auto refused = api().CreateClient(request);
  EXPECT_EQ(refused.outcome.code, grpc::StatusCode::ALREADY_EXISTS);
  EXPECT_EQ(refused.outcome.reason, "RESOURCE_EXISTS");
}

TEST_F(BadInput, StaleEtagIsRefused) {
  v1::GetClientRequest get;
  get.set_name(kClient);
  v1::UpdateClientRequest update;
  *update.mutable_client() = api().GetClient(get).value;
  update.mutable_client()->add_default_scopes(kRead);
  ASSERT_TRUE(api().UpdateClient(update).ok());
  const auto stale = api().UpdateClient(update);
  EXPECT_EQ(stale.outcome.code, grpc::StatusCode::ABORTED);
  EXPECT_EQ(stale.outcome.reason, "ETAG_STALE");
}

TEST_F(BadInput, ClientInUseIsNotDeleted) {
  v1::DeleteClientRequest request;
  request.set_name(kClient);
  const auto refused = api().DeleteClient(request);
  EXPECT_EQ(refused.outcome.code, grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(refused.outcome.reason, "CLIENT_IN_USE");
  EXPECT_TRUE(GetToken(kAnn).ok());
}

}  // namespace
}  // namespace bursar::journey
