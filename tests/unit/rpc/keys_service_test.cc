#include "server/rpc/keys_service.h"

#include <gmock/gmock.h>

#include <future>
#include <string>

#include "tests/unit/rpc/broker_fixture.h"

namespace bursar {
namespace {

using testing::HasSubstr;

class KeysServiceTest : public BrokerFixture {
 protected:
  v1::ListKeysResponse List() {
    return Call(*keys, &v1::Keys::Stub::ListKeys, v1::ListKeysRequest());
  }
  v1::KeyRotation Rotate() {
    return Call(*keys, &v1::Keys::Stub::RotateKeys, v1::RotateKeysRequest());
  }
  v1::KeyRotation Rotation() {
    return Call(*keys, &v1::Keys::Stub::GetKeyRotation,
                v1::GetKeyRotationRequest());
  }
  // Waits for what the ledger still tells.
  void Settle(void (Journal::*run)(Journal::Work, Journal::Done)) {
    std::promise<void> end;
    (ledger.journal().*run)([](Ledger&) { return absl::OkStatus(); },
                            [&end](const absl::Status&) { end.set_value(); });
    end.get_future().get();
  }

  // Lets it come to its end.
  v1::KeyRotation Ended() {
    v1::KeyRotation rotation = Rotation();
    for (int i = 0; i < 100 && rotation.state() != v1::KeyRotation::ENDED;
         ++i) {
      executor.Advance(absl::ZeroDuration());
      Settle(&Journal::Write);
      Settle(&Journal::Read);
      rotation = Rotation();
    }
    return rotation;
  }
};

TEST_F(KeysServiceTest, ListsWhatEachKeyIsNeededFor) {
  CreateCalendar();
  const std::string old_key = ledger.sealer().KeyIds().front();
  const std::string new_key = ledger.AddKey();
  const v1::ListKeysResponse listed = List();
  ASSERT_EQ(listed.keys_size(), 2) << message;
  EXPECT_EQ(listed.keys(0).id(), new_key);
  EXPECT_TRUE(listed.keys(0).primary());
  EXPECT_EQ(listed.keys(0).values(), 0);
  EXPECT_EQ(listed.keys(1).id(), old_key);
  EXPECT_FALSE(listed.keys(1).primary());
  // The ledger's own two and the client's.
  EXPECT_EQ(listed.keys(1).values(), 3);
}

TEST_F(KeysServiceTest, ListsAKeyThatIsLost) {
  const std::string lost = ledger.sealer().KeyIds().front();
  ledger.AddKey();
  ledger.ForgetOldKeys();
  const v1::ListKeysResponse listed = List();
  ASSERT_EQ(listed.keys_size(), 2) << message;
  EXPECT_FALSE(listed.keys(0).lost());
  EXPECT_EQ(listed.keys(1).id(), lost);
  EXPECT_TRUE(listed.keys(1).lost());
  EXPECT_EQ(listed.keys(1).values(), 2);
}

TEST_F(KeysServiceTest, ARotationTellsHowFarItIsAndLeavesOldKeysUnneeded) {
  CreateCalendar();
  ledger.AddKey();
  Rotate();
  EXPECT_EQ(error.code, grpc::StatusCode::OK) << message;
  const v1::KeyRotation ended = Ended();
  EXPECT_EQ(ended.state(), v1::KeyRotation::ENDED);
  EXPECT_EQ(ended.resealed(), 3);
  EXPECT_EQ(ended.remaining(), 0);
  EXPECT_TRUE(ended.has_begin_time());
  const v1::ListKeysResponse listed = List();
  EXPECT_EQ(listed.keys(0).values(), 3);
  EXPECT_EQ(listed.keys(1).values(), 0);
}

TEST_F(KeysServiceTest, WithoutARotationThereIsNoneToTellOf) {
  Rotation();
  EXPECT_EQ(error.code, grpc::StatusCode::NOT_FOUND);
}

TEST_F(KeysServiceTest, AKeyFileThatIsRefusedIsToldWithItsReason) {
  still_keys.answer = ToStatus(
      {Reason::kKeyUnavailable, "keyring:3: a wrong line", {}, {}, {}});
  Rotate();
  EXPECT_EQ(error.code, grpc::StatusCode::INTERNAL);
  EXPECT_EQ(error.reason, "KEY_UNAVAILABLE");
  EXPECT_THAT(message, HasSubstr("keyring:3"));
}

}  // namespace
}  // namespace bursar
