#include "server/messages/clients.h"

#include <gtest/gtest.h>

namespace bursar {
namespace {

const absl::Time kSeen = absl::FromUnixNanos(1'700'000'000'123'456'789);

TEST(ClientMessagesTest, AMisconfiguredClientSaysWhatTheProviderRejected) {
  Client client;
  client.misconfigured[DataCenter("us")] = {"SECRET", kSeen};
  EXPECT_EQ(ToProto(client).misconfigured_error(), "SECRET");
  EXPECT_EQ(ToProto(client).misconfigured_time().nanos(), 123'456'789);
  EXPECT_EQ(ToProto(client).misconfigured_data_center(), "us");
}

TEST(ClientMessagesTest, OfSeveralRejectionsTheLastIsTold) {
  Client client;
  client.misconfigured[DataCenter("eu")] = {"SCOPE", kSeen - absl::Minutes(1)};
  client.misconfigured[DataCenter("in")] = {"SECRET", kSeen};
  client.misconfigured[DataCenter("us")] = {"CLIENT", kSeen - absl::Hours(1)};
  EXPECT_EQ(ToProto(client).misconfigured_error(), "SECRET");
  EXPECT_EQ(ToProto(client).misconfigured_data_center(), "in");
}

TEST(ClientMessagesTest, AnEtagChangesWithTheRevision) {
  EXPECT_NE(EtagOf(1), EtagOf(2));
}

}  // namespace
}  // namespace bursar
