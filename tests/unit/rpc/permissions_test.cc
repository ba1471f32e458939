#include "server/rpc/permissions.h"

#include <gmock/gmock.h>

#include <set>
#include <string>
#include <variant>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "bursar/v1/grants.pb.h"
#include "bursar/v1/token_broker.pb.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/descriptor_database.h"

namespace bursar {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::FileDescriptor;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// "Service.Method" of every RPC that the protos define.
std::set<std::string> EveryRpc() {
  // What is linked, which with the server is all that it serves.
  std::vector<std::string> files;
  DescriptorPool::internal_generated_database()->FindAllFileNames(&files);
  std::set<std::string> names;
  for (const std::string& name : files) {
    if (!absl::StartsWith(name, "bursar/v1/")) continue;
    const FileDescriptor* file =
        DescriptorPool::generated_pool()->FindFileByName(name);
    for (int i = 0; i < file->service_count(); ++i) {
      const auto* service = file->service(i);
      for (int j = 0; j < service->method_count(); ++j) {
        names.insert(
            absl::StrCat(service->name(), ".", service->method(j)->name()));
      }
    }
  }
  return names;
}

template <typename Request>
Question Read(absl::string_view method, const Request& request) {
  const Permission* permission = FindPermission(method);
  return permission->read(*permission->rpc, request);
}

TEST(PermissionsTest, EveryRpcIsInBothTables) {
  EXPECT_EQ(EveryRpc().count("TokenBroker.GetToken"), 1);
  for (const std::string& name : EveryRpc()) {
    EXPECT_NE(FindRpcMethod(name), nullptr)
        << name << " is missing in core/rpc_methods.cc";
    EXPECT_NE(FindPermission(name), nullptr)
        << name << " is missing in rpc/permissions.cc";
  }
}

TEST(PermissionsTest, NoRpcIsInTheTableThatThereIsNot) {
  const std::set<std::string> every = EveryRpc();
  for (const RpcMethod& method : RpcMethods()) {
    EXPECT_EQ(every.count(std::string(method.name)), 1) << method.name;
  }
}

TEST(PermissionsTest, AnUnknownRpcHasNoPermission) {
  EXPECT_EQ(FindPermission("TokenBroker.Steal"), nullptr);
  EXPECT_EQ(FindPermission(""), nullptr);
}

TEST(PermissionsTest, ATokenIsAskedForByUserClientAndScopes) {
  v1::GetTokenRequest request;
  request.set_user("ann");
  request.set_client("crm");
  request.add_scopes("READ");
  const Question question = Read("TokenBroker.GetToken", request);
  EXPECT_EQ(question.asked.user, "ann");
  EXPECT_EQ(question.asked.client, "crm");
  EXPECT_THAT(question.asked.scopes, ElementsAre("READ"));
  EXPECT_TRUE(std::holds_alternative<std::monostate>(question.named));
}

TEST(PermissionsTest, ARevocationIsOfWhatItsTargetNames) {
  v1::RevokeRequest request;
  request.set_grant("grant-1");
  EXPECT_EQ(std::get<GrantId>(Read("TokenBroker.Revoke", request).named),
            GrantId("grant-1"));
  request.set_token("secret");
  EXPECT_EQ(std::get<std::shared_ptr<const Secret>>(
                Read("TokenBroker.Revoke", request).named)
                ->Expose(),
            "secret");
  request.mutable_user_and_client()->set_user("ann");
  request.mutable_user_and_client()->set_client("crm");
  EXPECT_EQ(Read("TokenBroker.Revoke", request).asked.user, "ann");
  EXPECT_EQ(Read("TokenBroker.Revoke", request).asked.client, "crm");
  request.set_user("bob");
  EXPECT_EQ(Read("TokenBroker.Revoke", request).asked.user, "bob");
  EXPECT_EQ(Read("TokenBroker.Revoke", request).asked.client, "");
  request.set_client("crm");
  EXPECT_EQ(Read("TokenBroker.Revoke", request).asked.user, "");
  EXPECT_EQ(Read("TokenBroker.Revoke", request).asked.client, "crm");
}

TEST(PermissionsTest, AListingIsOfWhatItsFiltersName) {
  v1::ListGrantsRequest request;
  request.set_user("ann");
  const Question question = Read("Grants.ListGrants", request);
  EXPECT_EQ(question.asked.user, "ann");
  EXPECT_EQ(question.asked.client, "");
}

TEST(PermissionsTest, AnEmptyRequestNamesNothing) {
  const Question question = Read("TokenBroker.Revoke", v1::RevokeRequest());
  EXPECT_EQ(question.asked.user, "");
  EXPECT_EQ(question.asked.client, "");
  EXPECT_THAT(question.asked.scopes, IsEmpty());
  EXPECT_TRUE(std::holds_alternative<std::monostate>(question.named));
}

}  // namespace
}  // namespace bursar
