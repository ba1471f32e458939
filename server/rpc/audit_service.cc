#include "server/rpc/audit_service.h"

#include <utility>

#include "bursar/v1/audit.pb.h"
#include "server/messages/times.h"
#include "server/rpc/ledger_answer.h"
#include "server/rpc/listing.h"
#include "server/rpc/validate.h"

namespace bursar {
namespace {

struct DeliveryListing {
  Listing listing;
  DeliveryFilter filter;
};

absl::StatusOr<DeliveryListing> ReadDeliveryListing(
    v1::ListDeliveriesRequest& request) {
  absl::StatusOr<Listing> listing = ReadListing(request);
  if (!listing.ok()) return listing.status();
  auto caller = IfGiven(ReadCaller, "caller", *request.mutable_caller());
  if (!caller.ok()) return caller.status();
  auto grant = IfGiven(ReadGrantId, "grant", *request.mutable_grant());
  if (!grant.ok()) return grant.status();
  return DeliveryListing{*std::move(listing),
                         {*std::move(caller), *std::move(grant)}};
}

v1::Delivery DeliveryToProto(const DeliveryRecord& record) {
  v1::Delivery proto;
  proto.set_caller(record.delivery.caller.value());
  proto.set_grant(record.delivery.grant.value());
  proto.set_user(record.user.value());
  proto.set_client(record.client.value());
  proto.set_count(record.delivery.count);
  *proto.mutable_first_time() = ToProto(record.delivery.first);
  *proto.mutable_last_time() = ToProto(record.delivery.last);
  return proto;
}

v1::AuditHead HeadToProto(const ChainEnds& ends) {
  v1::AuditHead proto;
  proto.set_public_key(ends.public_key);
  proto.set_event(ends.head.event);
  proto.set_hash(ends.head.hash);
  *proto.mutable_time() = ToProto(ends.head.time);
  proto.set_signature(ends.head.signature);
  proto.set_removed_to(ends.cut ? ends.cut->event : 0);
  return proto;
}

}  // namespace

grpc::ServerUnaryReactor* AuditService::GetAuditHead(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return edge_.Serve<v1::GetAuditHeadRequest, v1::AuditHead>(
      {"Audit.GetAuditHead", context, request, response},
      [](v1::GetAuditHeadRequest& asked)
          -> absl::StatusOr<v1::GetAuditHeadRequest> { return asked; },
      [this](const v1::GetAuditHeadRequest&, const Call&, auto reply) {
        AnswerReading<v1::AuditHead>(
            journal_,
            [](Ledger& ledger) -> absl::StatusOr<v1::AuditHead> {
              const auto ends = ledger.audit().Ends();
              if (!ends.ok()) return ends.status();
              return HeadToProto(*ends);
            },
            std::move(reply));
      });
}

grpc::ServerUnaryReactor* AuditService::ListDeliveries(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return edge_.Serve<v1::ListDeliveriesRequest, v1::ListDeliveriesResponse>(
      {"Audit.ListDeliveries", context, request, response}, ReadDeliveryListing,
      [this](DeliveryListing asked, const Call&, auto reply) {
        AnswerReading<v1::ListDeliveriesResponse>(
            journal_,
            [asked = std::move(asked)](Ledger& ledger) {
              return ToResponse<v1::ListDeliveriesResponse>(
                  ledger.deliveries().List(asked.filter, asked.listing.page),
                  asked.listing, [](auto& page, const DeliveryRecord& record) {
                    *page.add_deliveries() = DeliveryToProto(record);
                  });
            },
            std::move(reply));
      });
}

}  // namespace bursar
