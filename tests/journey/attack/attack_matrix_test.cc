// Every RPC by every way in, a test each: all are barred, and where.

#include <memory>
#include <ostream>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "grpc/reflection/v1alpha/reflection.grpc.pb.h"
#include "gtest/gtest.h"
#include "tests/journey/attack/of_the_stronghold.h"
#include "tests/journey/attack/way_in.h"

namespace bursar::journey {
namespace {

struct Cell {
  Rpc rpc;
  WayIn way;

  friend void PrintTo(const Cell& cell, std::ostream* out) {
    *out << cell.rpc.Path() << " by " << cell.way.name;
  }
};

// As the server itself tells them.
std::vector<std::string> ServicesOf(
    const std::shared_ptr<grpc::Channel>& channel) {
  using grpc::reflection::v1alpha::ServerReflection;
  grpc::reflection::v1alpha::ServerReflectionRequest request;
  grpc::reflection::v1alpha::ServerReflectionResponse response;
  request.set_list_services("");
  grpc::ClientContext context;
  const auto stream =
      ServerReflection::NewStub(channel)->ServerReflectionInfo(&context);
  EXPECT_TRUE(stream->Write(request));
  EXPECT_TRUE(stream->Read(&response));
  stream->WritesDone();
  stream->Finish();
  std::vector<std::string> names;
  for (const auto& service : response.list_services_response().service()) {
    names.push_back(service.name());
  }
  EXPECT_FALSE(names.empty());
  return names;
}

std::vector<Cell> EveryCell() {
  std::vector<Cell> cells;
  for (const Rpc& rpc : EveryRpc()) {
    for (const WayIn& way : WaysIn()) {
      if (way.concerns(rpc)) cells.push_back({rpc, way});
    }
  }
  return cells;
}

class AttackMatrix : public OfTheStronghold<::testing::TestWithParam<Cell>> {};

TEST_P(AttackMatrix, IsBarred) {
  const auto& [rpc, way] = GetParam();
  const Outcome outcome = Attack(rpc, way.credentials(*stronghold_));
  switch (way.barred) {
    case Barred::kAtTheHandshake:
      EXPECT_EQ(outcome.code, grpc::StatusCode::UNAVAILABLE) << outcome;
      EXPECT_EQ(outcome.reason, "") << "the broker answered: " << outcome;
      break;
    case Barred::kUnknown:
      EXPECT_EQ(outcome.code, grpc::StatusCode::UNAUTHENTICATED) << outcome;
      EXPECT_EQ(outcome.reason, "CREDENTIALS_INVALID");
      break;
    case Barred::kNotAllowed:
      EXPECT_EQ(outcome.code, grpc::StatusCode::PERMISSION_DENIED) << outcome;
      EXPECT_EQ(outcome.reason, "PERMISSION_DENIED");
      break;
  }
}

INSTANTIATE_TEST_SUITE_P(, AttackMatrix, ::testing::ValuesIn(EveryCell()),
                         [](const auto& cell) {
                           return absl::StrCat(cell.param.rpc.Name(), "_",
                                               cell.param.way.name);
                         });

class AttackMatrixItself : public OfTheStronghold<::testing::Test> {};

TEST_F(AttackMatrixItself, LeavesNoServiceOfTheBrokersOut) {
  std::set<std::string> attacked;
  for (const Rpc& rpc : EveryRpc()) {
    attacked.insert(rpc.method->service()->full_name());
  }
  for (const std::string& service :
       ServicesOf(stronghold_->operators().channel())) {
    // Health and reflection tell everybody what anybody may know.
    if (!absl::StartsWith(service, "bursar.")) continue;
    EXPECT_EQ(attacked.count(service), 1u) << service;
  }
}

// Without these the matrix would hold for a broker that lets nobody in.
class RightfulOperator : public OfTheStronghold<::testing::TestWithParam<Rpc>> {
};

TEST_P(RightfulOperator, IsLetIn) {
  // About what is not there, for calls that end something.
  const Outcome outcome = stronghold_->operators().SendBytes(
      GetParam().Path(), RequestAbout(GetParam(), kBob, "nobody", "no-grant"));
  EXPECT_NE(outcome.code, grpc::StatusCode::UNAVAILABLE) << outcome;
  EXPECT_NE(outcome.code, grpc::StatusCode::UNAUTHENTICATED) << outcome;
  EXPECT_NE(outcome.code, grpc::StatusCode::PERMISSION_DENIED) << outcome;
}

INSTANTIATE_TEST_SUITE_P(, RightfulOperator,
                         ::testing::ValuesIn(EveryRpcThatAnswersOnce()),
                         [](const auto& rpc) { return rpc.param.Name(); });

class RightfulCaller : public OfTheStronghold<::testing::Test> {
 protected:
  static void ExpectToken(const Credentials& credentials) {
    const auto token =
        Api(Connect(credentials)).GetToken(TokenRequest(kAnn, {kRead}));
    EXPECT_TRUE(token.ok()) << token.outcome;
  }
};

TEST_F(RightfulCaller, GetsATokenWithACertificate) {
  ExpectToken(
      stronghold_->Certified(absl::StrCat("URI:", Stronghold::kReader)));
}

TEST_F(RightfulCaller, GetsATokenBelowAPattern) {
  ExpectToken(stronghold_->Certified("URI:spiffe://bursar.test/ns/batch/job"));
}

TEST_F(RightfulCaller, GetsATokenWithAServiceAccountsToken) {
  ExpectToken(
      stronghold_->Bearing(stronghold_->TokenOf(Stronghold::GoodClaims())));
}

TEST_F(RightfulCaller, GetsATokenWithAnApiKey) {
  ExpectToken(stronghold_->Bearing(stronghold_->api_key()));
}

TEST_F(RightfulCaller, NobodyLooksForAKeyWhereATokenSays) {
  Attack(EveryRpc().front(), stronghold_->Bearing(stronghold_->ForeignToken(
                                 stronghold_->HeaderThatLeadsAstray())));
  EXPECT_EQ(stronghold_->foreign_cluster().requests(), 0);
}

}  // namespace
}  // namespace bursar::journey
