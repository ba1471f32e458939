#include "server/rpc/wire.h"

#include <gtest/gtest.h>

#include <string>

#include "bursar/v1/clients.pb.h"
#include "bursar/v1/token_broker.pb.h"
#include "server/core/reason.h"
#include "server/rpc/library_logs.h"

namespace bursar {
namespace {

class WireTest : public ::testing::Test {
 protected:
  WireTest() { RouteLibraryLogs(); }

  // The refusal of a request that says `bytes`.
  template <typename Request>
  static Refusal Refused(const std::string& bytes) {
    const grpc::Slice slice(bytes);
    Request request;
    const absl::Status status =
        ReadMessage(grpc::ByteBuffer(&slice, 1), request);
    const auto refusal = RefusalOf(status);
    if (!refusal) return {Reason::kShuttingDown, "not refused", {}, {}, {}};
    return *refusal;
  }
};

TEST_F(WireTest, ReadsWhatItWrote) {
  v1::GetTokenRequest request;
  request.set_user("ada");
  request.add_scopes("a.READ");
  v1::GetTokenRequest read;
  ASSERT_TRUE(ReadMessage(WriteMessage(request), read).ok());
  EXPECT_EQ(read.SerializeAsString(), request.SerializeAsString());
}

TEST_F(WireTest, NamesTheFieldThatIsNotUtf8) {
  v1::GetTokenRequest request;
  request.set_user("ada");
  request.set_client("\xff\xfe");
  const auto refusal =
      Refused<v1::GetTokenRequest>(request.SerializeAsString());
  EXPECT_EQ(refusal.reason, Reason::kFieldInvalid);
  EXPECT_EQ(refusal.field, "client");
  EXPECT_EQ(refusal.message, "client: must be UTF-8 text");
}

TEST_F(WireTest, SaysOfAMessageInsideThatItCannotBeRead) {
  const auto refusal = Refused<v1::CreateClientRequest>("\x0a\x01\x0a");
  EXPECT_EQ(refusal.field, "client");
  EXPECT_EQ(refusal.message, "client: is not a readable bursar.v1.Client");
}

TEST_F(WireTest, NamesAFieldInsideAMessage) {
  v1::CreateClientRequest request;
  request.mutable_client()->set_name("fine");
  request.mutable_client()->add_default_scopes("ok");
  request.mutable_client()->add_default_scopes("\xc3\x28");
  EXPECT_EQ(Refused<v1::CreateClientRequest>(request.SerializeAsString()).field,
            "client.default_scopes[1]");
}

TEST_F(WireTest, NamesAFieldInsideOneOfSeveralMessages) {
  v1::ListClientsResponse several;
  several.add_clients()->set_name("fine");
  several.add_clients()->set_name("\xc3\x28");
  EXPECT_EQ(Refused<v1::ListClientsResponse>(several.SerializeAsString()).field,
            "clients[1].name");
}

TEST_F(WireTest, RefusesWhatIsNoMessage) {
  for (const std::string bytes :
       {"\x0a\x7f"  // A text longer than the rest.
        "ab",
        "\x07", "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", "\x0b"}) {
    EXPECT_EQ(Refused<v1::GetTokenRequest>(bytes).reason,
              Reason::kFieldInvalid);
  }
}

TEST_F(WireTest, SkipsFieldsThatItDoesNotKnow) {
  const std::string bytes =
      "\x0a\x03"
      "ada"
      "\xfa\x01\x02xy";
  const grpc::Slice slice(bytes);
  v1::GetTokenRequest request;
  ASSERT_TRUE(ReadMessage(grpc::ByteBuffer(&slice, 1), request).ok());
  EXPECT_EQ(request.user(), "ada");
}

}  // namespace
}  // namespace bursar
