// What callers may do, over real calls.

#include "server/rpc/gate.h"

#include <gmock/gmock.h>

#include <string>
#include <utility>

#include "bursar/v1/policy.grpc.pb.h"
#include "grpcpp/create_channel.h"
#include "server/core/withholding_source.h"
#include "tests/unit/rpc/broker_fixture.h"

namespace bursar {
namespace {

using ::testing::SizeIs;

constexpr char kGrpcDenied[] = "PERMISSION_DENIED";

// The fixture's caller, after it set everything up as an operator.
class GateTest : public BrokerFixture {
 protected:
  GateTest() {
    CreateCalendar();
    ann = ConsentOf("ann", "access-ann", "refresh-ann");
  }

  // From now on the caller may do what callers do, of `users`.
  void BecomeCaller(NameClause users) {
    PolicyRule rule = EverythingFor({"anonymous"});
    rule.rpcs = RpcsOf(RpcGroup::kCallers);
    rule.clients = {NameClause::Kind::kListed,
                    {PathPattern::Exactly("calendar")}};
    rule.users = std::move(users);
    policy.Put(PolicyOf({std::move(rule)}));
  }
  void BecomeCallerOf(const std::string& user) {
    BecomeCaller({NameClause::Kind::kListed, {PathPattern::Exactly(user)}});
  }

  // What a caller sees of the call's end, all of it.
  std::string Seen() const {
    return absl::StrCat(error.code, " ", error.reason, " ", message);
  }

  std::string GetToken(const std::string& user,
                       const std::string& client = "calendar") {
    v1::GetTokenRequest request;
    request.set_user(user);
    request.set_client(client);
    Call(*broker, &v1::TokenBroker::Stub::GetToken, request);
    return Seen();
  }
  std::string GetGrant(const std::string& id) {
    v1::GetGrantRequest request;
    request.set_id(id);
    Call(*grants, &v1::Grants::Stub::GetGrant, request);
    return Seen();
  }
  std::string Revoke(const v1::RevokeRequest& request) {
    Call(*broker, &v1::TokenBroker::Stub::Revoke, request);
    return Seen();
  }
  std::string RevokeGrant(const std::string& id) {
    v1::RevokeRequest request;
    request.set_grant(id);
    return Revoke(request);
  }
  std::string RevokeToken(const std::string& token) {
    v1::RevokeRequest request;
    request.set_token(token);
    return Revoke(request);
  }

  v1::Grant ann;
};

TEST_F(GateTest, WhoeverNoRuleNamesIsDeniedEverything) {
  policy.Put(PolicyOf({}));
  GetToken("ann");
  EXPECT_EQ(error.code, grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(error.reason, kGrpcDenied);
  Call(*clients, &v1::Clients::Stub::ListClients, v1::ListClientsRequest());
  EXPECT_EQ(error.code, grpc::StatusCode::PERMISSION_DENIED);
}

TEST_F(GateTest, AnotherPolicyCountsAtTheNextCall) {
  GetToken("ann");
  EXPECT_EQ(error.code, grpc::StatusCode::OK);
  policy.Put(PolicyOf({}));
  GetToken("ann");
  EXPECT_EQ(error.code, grpc::StatusCode::PERMISSION_DENIED);
}

TEST_F(GateTest, ADeniedCallIsDeniedHoweverItIsWritten) {
  BecomeCallerOf("bob");
  const std::string denied = GetToken("ann");
  EXPECT_EQ(error.code, grpc::StatusCode::PERMISSION_DENIED);
  v1::GetTokenRequest malformed;
  malformed.set_user("ann");
  malformed.set_client("calendar");
  malformed.mutable_min_ttl()->set_seconds(-1);
  Call(*broker, &v1::TokenBroker::Stub::GetToken, malformed);
  EXPECT_EQ(Seen(), denied);
}

TEST_F(GateTest, AnAllowedCallThatIsMalformedIsToldSo) {
  BecomeCallerOf("ann");
  v1::GetTokenRequest malformed;
  malformed.set_user("ann");
  malformed.set_client("calendar");
  malformed.mutable_min_ttl()->set_seconds(-1);
  Call(*broker, &v1::TokenBroker::Stub::GetToken, malformed);
  EXPECT_EQ(error.code, grpc::StatusCode::INVALID_ARGUMENT);
}

TEST_F(GateTest, AnotherCallersUserAndNobodyLookTheSame) {
  BecomeCallerOf("bob");
  EXPECT_EQ(GetToken("ann"), GetToken("nobody"));
  EXPECT_EQ(GetToken("ann", "calendar"), GetToken("ann", "no-such-client"));
}

TEST_F(GateTest, AnotherCallersGrantAndNoneLookTheSame) {
  BecomeCallerOf("bob");
  const std::string others = GetGrant(ann.id());
  EXPECT_EQ(error.code, grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(others, GetGrant("grant-none"));
  EXPECT_EQ(others, GetGrant(""));
  EXPECT_EQ(others, RevokeGrant(ann.id()));
  EXPECT_EQ(others, RevokeGrant("grant-none"));
  EXPECT_EQ(others, RevokeToken("access-ann"));
  EXPECT_EQ(others, RevokeToken("no-such-token"));
  EXPECT_EQ(others, Revoke(v1::RevokeRequest()));
}

TEST_F(GateTest, ACallersOwnGrantIsFoundByItsIdAndToken) {
  BecomeCallerOf("ann");
  GetGrant(ann.id());
  EXPECT_EQ(error.code, grpc::StatusCode::OK) << message;
  RevokeToken("access-ann");
  EXPECT_EQ(error.code, grpc::StatusCode::OK) << message;
}

TEST_F(GateTest, WhoMaySeeAllIsToldThatThereIsNone) {
  GetGrant("grant-none");
  EXPECT_EQ(error.code, grpc::StatusCode::NOT_FOUND);
}

TEST_F(GateTest, OwnUsersAreThoseWhoseConsentTheCallerBegan) {
  BecomeCaller({NameClause::Kind::kOwn});
  GetToken("ann");
  EXPECT_EQ(error.code, grpc::StatusCode::OK) << message;
  GetGrant(ann.id());
  EXPECT_EQ(error.code, grpc::StatusCode::OK) << message;
  GetToken("bob");
  EXPECT_EQ(error.code, grpc::StatusCode::PERMISSION_DENIED);
}

TEST_F(GateTest, AUserBecomesOwnByAConsent) {
  BecomeCaller({NameClause::Kind::kOwn});
  ConsentOf("bob", "access-bob", "refresh-bob");
  GetToken("bob");
  EXPECT_EQ(error.code, grpc::StatusCode::OK) << message;
}

TEST_F(GateTest, AllOfAUsersGrantsAreMoreThanACallerOfOneClientMayEnd) {
  BecomeCallerOf("ann");
  v1::RevokeRequest request;
  request.set_user("ann");
  Revoke(request);
  EXPECT_EQ(error.code, grpc::StatusCode::PERMISSION_DENIED);
  request.mutable_user_and_client()->set_user("ann");
  request.mutable_user_and_client()->set_client("calendar");
  Revoke(request);
  EXPECT_EQ(error.code, grpc::StatusCode::OK) << message;
}

TEST_F(GateTest, AnOperatorsRpcIsDeniedToACaller) {
  BecomeCaller({NameClause::Kind::kAny});
  Call(*grants, &v1::Grants::Stub::ListGrants, v1::ListGrantsRequest());
  EXPECT_EQ(error.code, grpc::StatusCode::PERMISSION_DENIED);
  Call(*events, &v1::Events::Stub::ListEvents, v1::ListEventsRequest());
  EXPECT_EQ(error.code, grpc::StatusCode::PERMISSION_DENIED);
  v1::DeleteClientRequest deletion;
  deletion.set_name("calendar");
  Call(*clients, &v1::Clients::Stub::DeleteClient, deletion);
  EXPECT_EQ(error.code, grpc::StatusCode::PERMISSION_DENIED);
}

TEST_F(GateTest, ACallerPastItsLimitIsToldWhenToComeAgain) {
  CallerLimit limit;
  limit.calls_per_second = 1;
  limit.burst = 2;
  policy.Put(PolicyOf({EverythingFor({"anonymous"})}, limit));
  // What came before counts no more.
  clock.Advance(absl::Seconds(1));
  GetToken("ann");
  GetToken("ann");
  EXPECT_EQ(error.code, grpc::StatusCode::OK) << message;
  GetToken("ann");
  EXPECT_EQ(error.code, grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(error.reason, "CALLER_THROTTLED");
  EXPECT_TRUE(error.retry_after.has_value());
  clock.Advance(absl::Seconds(1));
  GetToken("ann");
  EXPECT_EQ(error.code, grpc::StatusCode::OK) << message;
}

TEST_F(GateTest, ADeniedCallSpendsNoneOfTheLimit) {
  CallerLimit limit;
  limit.calls_per_second = 1;
  limit.burst = 1;
  PolicyRule rule = EverythingFor({"anonymous"});
  rule.users = {NameClause::Kind::kListed, {PathPattern::Exactly("ann")}};
  policy.Put(PolicyOf({std::move(rule)}, limit));
  // What came before counts no more.
  clock.Advance(absl::Seconds(1));
  for (int i = 0; i < 3; ++i) GetToken("bob");
  EXPECT_EQ(error.code, grpc::StatusCode::PERMISSION_DENIED);
  GetToken("ann");
  EXPECT_EQ(error.code, grpc::StatusCode::OK) << message;
}

TEST_F(GateTest, AFullServerTurnsCallsAwayBeforeItReadsThem) {
  auto started =
      RpcServer::Start({{.address = "127.0.0.1:0", .anonymous = true}},
                       NeedsWith(authenticator, /*most_in_flight=*/0));
  ASSERT_TRUE(started.ok()) << started.status();
  broker = v1::TokenBroker::NewStub(grpc::CreateChannel(
      (*started)->addresses()[0], grpc::InsecureChannelCredentials()));
  policy.Put(PolicyOf({}));
  GetToken("ann");
  EXPECT_EQ(error.code, grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(error.reason, "SERVER_OVERLOADED");
  EXPECT_TRUE(error.retry_after.has_value());
}

TEST_F(GateTest, ExplainsWhichRuleDecidesAndWhyNoOther) {
  PolicyRule callers = EverythingFor({"dns:shop.example"});
  callers.name = "shop";
  callers.rpcs = RpcsOf(RpcGroup::kCallers);
  callers.users = {NameClause::Kind::kOwn};
  policy.Put(PolicyOf({EverythingFor({"anonymous"}), std::move(callers)}));
  const auto explainer = v1::Policy::NewStub(channel);
  v1::ExplainPolicyRequest request;
  request.set_subject("dns:shop.example");
  request.set_rpc("TokenBroker.GetToken");
  request.set_user("ann");
  request.set_client("calendar");
  auto answer = Call(*explainer, &v1::Policy::Stub::ExplainPolicy, request);
  ASSERT_EQ(error.code, grpc::StatusCode::OK) << message;
  EXPECT_FALSE(answer.allowed());
  ASSERT_THAT(answer.rules(), SizeIs(2));
  EXPECT_EQ(answer.rules(0).why(), "its subjects do not name the subject");
  EXPECT_EQ(answer.rules(1).name(), "shop");
  EXPECT_FALSE(answer.rules(1).allows());
  EXPECT_THAT(answer.rules(1).why(), testing::HasSubstr("began no consent"));

  own_users.Note(
      {Actor("dns:shop.example"), UserId("ann"), ClientName("calendar")});
  answer = Call(*explainer, &v1::Policy::Stub::ExplainPolicy, request);
  EXPECT_TRUE(answer.allowed());
  EXPECT_EQ(answer.rule(), "shop");
  EXPECT_EQ(answer.version(), "of the test");
}

TEST_F(GateTest, AnUnknownRpcIsNotExplained) {
  const auto explainer = v1::Policy::NewStub(channel);
  v1::ExplainPolicyRequest request;
  request.set_subject("dns:shop.example");
  request.set_rpc("TokenBroker.Steal");
  Call(*explainer, &v1::Policy::Stub::ExplainPolicy, request);
  EXPECT_EQ(error.code, grpc::StatusCode::INVALID_ARGUMENT);
}

}  // namespace
}  // namespace bursar
