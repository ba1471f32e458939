#include "bursar/v1/audit.grpc.pb.h"
#include "gmock/gmock.h"
#include "tests/conformance/run_work.h"
#include "tests/unit/rpc/broker_fixture.h"

namespace bursar {
namespace {

class AuditServiceTest : public BrokerFixture {
 protected:
  /// What the caller got of the grant's tokens, folded.
  void Deliver(const std::string& caller, const std::string& grant,
               int64_t count) {
    ASSERT_TRUE(RunWrite(ledger.journal(), [&](Ledger& l) {
                  return l.deliveries().Add({{Actor(caller), GrantId(grant),
                                              count, clock.Now(), clock.Now()}},
                                            absl::Hours(1), clock.Now());
                }).ok());
  }

  v1::ListDeliveriesResponse List(const v1::ListDeliveriesRequest& request) {
    return Call(*audit_, &v1::Audit::Stub::ListDeliveries, request);
  }

  std::unique_ptr<v1::Audit::Stub> audit_ = v1::Audit::NewStub(channel);
};

TEST_F(AuditServiceTest, TheHeadIsTheNewestEventSignedByTheLedgersKey) {
  const v1::AuditHead empty =
      Call(*audit_, &v1::Audit::Stub::GetAuditHead, v1::GetAuditHeadRequest());
  EXPECT_EQ(empty.event(), 0);
  CreateCalendar();
  ConsentOf("ada", "access", "refresh");
  const auto page =
      Call(*events, &v1::Events::Stub::ListEvents, v1::ListEventsRequest());
  const v1::AuditHead head =
      Call(*audit_, &v1::Audit::Stub::GetAuditHead, v1::GetAuditHeadRequest());
  EXPECT_EQ(head.event(), page.events().rbegin()->id());
  EXPECT_EQ(head.time().seconds(), page.events().rbegin()->time().seconds());
  EXPECT_EQ(head.public_key(), empty.public_key());
  EXPECT_TRUE(Ed25519Notary().IsSigned(
      head.public_key(),
      EncodeMark(MarkKind::kHead,
                 {head.event(), head.hash(),
                  absl::FromUnixSeconds(head.time().seconds()) +
                      absl::Nanoseconds(head.time().nanos()),
                  ""}),
      head.signature()));
}

TEST_F(AuditServiceTest, DeliveriesAreListedByCallerAndGrantInPages) {
  CreateCalendar();
  const std::string ada = ConsentOf("ada", "a1", "r1").id();
  const std::string bob = ConsentOf("bob", "a2", "r2").id();
  Deliver("unix:1", ada, 2);
  Deliver("unix:1", bob, 1);
  Deliver("dns:desk", ada, 1);
  Deliver("unix:1", ada, 3);
  v1::ListDeliveriesRequest request;
  request.set_page_size(2);
  auto page = List(request);
  ASSERT_EQ(page.deliveries_size(), 2) << message;
  EXPECT_EQ(page.deliveries(0).caller(), "unix:1");
  EXPECT_EQ(page.deliveries(0).grant(), ada);
  EXPECT_EQ(page.deliveries(0).user(), "ada");
  EXPECT_EQ(page.deliveries(0).client(), "calendar");
  EXPECT_EQ(page.deliveries(0).count(), 5);
  request.set_page_token(page.next_page_token());
  page = List(request);
  ASSERT_EQ(page.deliveries_size(), 1);
  EXPECT_EQ(page.deliveries(0).caller(), "dns:desk");
  EXPECT_TRUE(page.next_page_token().empty());
  request.Clear();
  request.set_caller("unix:1");
  EXPECT_EQ(List(request).deliveries_size(), 2);
  request.set_grant(bob);
  EXPECT_EQ(List(request).deliveries_size(), 1);
}

TEST_F(AuditServiceTest, EventsAreFollowedByTheLastOneSeen) {
  CreateCalendar();
  ConsentOf("ada", "a1", "r1");
  ConsentOf("bob", "a2", "r2");
  v1::ListEventsRequest request;
  const auto all = Call(*events, &v1::Events::Stub::ListEvents, request);
  ASSERT_GE(all.events_size(), 3);
  request.set_after_id(all.events(0).id());
  const auto rest = Call(*events, &v1::Events::Stub::ListEvents, request);
  ASSERT_EQ(rest.events_size(), all.events_size() - 1) << message;
  EXPECT_EQ(rest.events(0).id(), all.events(1).id());
  request.set_after_id(-1);
  Call(*events, &v1::Events::Stub::ListEvents, request);
  EXPECT_EQ(error.field, "after_id");
}

}  // namespace
}  // namespace bursar
