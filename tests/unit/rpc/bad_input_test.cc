// Every RPC, each field that takes input: refused by name, nothing changed.

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/dynamic_message.h>

#include <functional>
#include <memory>
#include <vector>

#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/support/proto_buffer_writer.h"
#include "server/rpc/wire.h"
#include "tests/unit/rpc/broker_fixture.h"

namespace bursar {
namespace {

using google::protobuf::Message;

// One RPC with a request that is fit, and the text fields it takes.
struct Rpc {
  std::string path;
  std::shared_ptr<Message> request;
  std::vector<std::string> text_fields;
};

template <typename Request>
std::shared_ptr<Message> Fit(const std::function<void(Request&)>& fill) {
  auto request = std::make_shared<Request>();
  fill(*request);
  return request;
}

std::vector<Rpc> Rpcs() {
  return {
      {"TokenBroker/GetToken",
       Fit<v1::GetTokenRequest>([](auto& r) {
         r.set_user("ada");
         r.set_client("calendar");
       }),
       {"user", "client"}},
      {"TokenBroker/Refresh",
       Fit<v1::RefreshRequest>([](auto& r) {
         r.set_user("ada");
         r.set_client("calendar");
         r.set_failed_generation(1);
         r.set_grant("grant-1");
       }),
       {"user", "client", "grant"}},
      {"TokenBroker/Revoke",
       Fit<v1::RevokeRequest>([](auto& r) { r.set_user("ada"); }),
       {"user"}},
      {"Clients/CreateClient",
       Fit<v1::CreateClientRequest>([](auto& r) {
         r.mutable_client()->set_name("calendar");
         r.mutable_client()->set_provider("zoho");
         r.mutable_client()->set_client_id("x");
       }),
       {"client.name", "client.provider", "client.client_id"}},
      {"Clients/GetClient",
       Fit<v1::GetClientRequest>([](auto& r) { r.set_name("calendar"); }),
       {"name"}},
      {"Clients/UpdateClient",
       Fit<v1::UpdateClientRequest>([](auto& r) {
         r.mutable_client()->set_name("calendar");
         r.mutable_client()->set_client_id("x");
       }),
       {"client.name", "client.client_id"}},
      {"Clients/DeleteClient",
       Fit<v1::DeleteClientRequest>([](auto& r) { r.set_name("calendar"); }),
       {"name"}},
      {"Clients/ReplaceClientSecret",
       Fit<v1::ReplaceClientSecretRequest>([](auto& r) {
         r.set_name("calendar");
         r.set_client_secret("s");
       }),
       {"name", "client_secret"}},
      {"Clients/RemoveClientSecret",
       Fit<v1::RemoveClientSecretRequest>([](auto& r) {
         r.set_name("calendar");
         r.set_data_center("us");
       }),
       {"name", "data_center"}},
      {"Grants/BeginConsent",
       Fit<v1::BeginConsentRequest>([](auto& r) {
         r.set_user("ada");
         r.set_client("calendar");
       }),
       {"user", "client"}},
      {"Grants/CompleteConsent",
       Fit<v1::CompleteConsentRequest>([](auto& r) {
         r.set_user("ada");
         r.set_state("s");
         r.set_code("c");
       }),
       {"user", "state", "code"}},
      {"Grants/ImportGrant",
       Fit<v1::ImportGrantRequest>([](auto& r) {
         r.set_user("ada");
         r.set_client("calendar");
         r.set_refresh_token("t");
         r.add_scopes("s");
       }),
       {"user", "client", "refresh_token"}},
      {"Grants/ExchangeCode",
       Fit<v1::ExchangeCodeRequest>([](auto& r) {
         r.set_user("ada");
         r.set_client("calendar");
         r.set_code("c");
       }),
       {"user", "client", "code"}},
      {"Grants/RequestClientCredentials",
       Fit<v1::RequestClientCredentialsRequest>([](auto& r) {
         r.set_user("ada");
         r.set_client("calendar");
       }),
       {"user", "client"}},
      {"Grants/BeginDeviceConsent",
       Fit<v1::BeginDeviceConsentRequest>([](auto& r) {
         r.set_user("ada");
         r.set_client("calendar");
       }),
       {"user", "client"}},
      {"Grants/GetDeviceConsent",
       Fit<v1::GetDeviceConsentRequest>([](auto& r) { r.set_id("device-1"); }),
       {"id"}},
      {"Grants/GetGrant",
       Fit<v1::GetGrantRequest>([](auto& r) { r.set_id("grant-1"); }),
       {"id"}},
      {"Grants/ListRefreshTokens",
       Fit<v1::ListRefreshTokensRequest>(
           [](auto& r) { r.set_grant("grant-1"); }),
       {"grant"}},
  };
}

// Sets the text at `path` ("client.name") of a copy of `request`.
std::unique_ptr<Message> With(const Message& request, const std::string& path,
                              const std::string& value) {
  std::unique_ptr<Message> copy(request.New());
  copy->CopyFrom(request);
  Message* inner = copy.get();
  std::string name = path;
  if (const std::size_t dot = path.find('.'); dot != std::string::npos) {
    inner = inner->GetReflection()->MutableMessage(
        inner, inner->GetDescriptor()->FindFieldByName(path.substr(0, dot)));
    name = path.substr(dot + 1);
  }
  inner->GetReflection()->SetString(
      inner, inner->GetDescriptor()->FindFieldByName(name), value);
  return copy;
}

class BadInputTest : public BrokerFixture {
 protected:
  RpcError Send(const std::string& path, const Message& request) {
    grpc::GenericStub stub(channel);
    grpc::ClientContext context;
    grpc::ByteBuffer bytes = WriteMessage(request);
    grpc::ByteBuffer answer;
    std::mutex mutex;
    std::condition_variable ended;
    std::optional<grpc::Status> status;
    stub.UnaryCall(&context, "/bursar.v1." + path, {}, &bytes, &answer,
                   [&](grpc::Status told) {
                     const std::lock_guard lock(mutex);
                     status = std::move(told);
                     ended.notify_one();
                   });
    std::unique_lock lock(mutex);
    ended.wait_for(lock, std::chrono::seconds(20),
                   [&] { return status.has_value(); });
    return ErrorOf(status.value_or(grpc::Status::CANCELLED));
  }

  void ExpectEachRefused(const std::string& value) {
    for (const Rpc& rpc : Rpcs()) {
      for (const std::string& field : rpc.text_fields) {
        const RpcError refused =
            Send(rpc.path, *With(*rpc.request, field, value));
        EXPECT_EQ(refused.code, grpc::StatusCode::INVALID_ARGUMENT)
            << rpc.path << " " << field;
        EXPECT_EQ(refused.reason, "FIELD_INVALID") << rpc.path << " " << field;
        EXPECT_EQ(refused.field, field) << rpc.path;
      }
    }
  }

  void TearDown() override {
    const auto page =
        Call(*events, &v1::Events::Stub::ListEvents, v1::ListEventsRequest());
    EXPECT_EQ(page.events_size(), 0) << page.events(0).kind();
    EXPECT_TRUE(upstream.calls().empty());
  }
};

TEST_F(BadInputTest, EmptyIsRefusedByName) { ExpectEachRefused(""); }

TEST_F(BadInputTest, OverlongIsRefusedByName) {
  ExpectEachRefused(std::string(10'000, 'a'));
}

TEST_F(BadInputTest, WhatIsNotUtf8IsRefusedByName) {
  ExpectEachRefused("ab\xff\xfe");
}

TEST_F(BadInputTest, ARequestOverTheBoundIsRefused) {
  EXPECT_EQ(Send("TokenBroker/GetToken",
                 *With(*Rpcs()[0].request, "user", std::string(2 << 20, 'a')))
                .code,
            grpc::StatusCode::RESOURCE_EXHAUSTED);
}

}  // namespace
}  // namespace bursar
