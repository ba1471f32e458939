#include "server/rpc/events_service.h"

#include <utility>

#include "bursar/v1/events.pb.h"
#include "server/messages/times.h"
#include "server/rpc/ledger_answer.h"
#include "server/rpc/listing.h"
#include "server/rpc/validate.h"

namespace bursar {
namespace {

struct EventListing {
  Listing listing;
  EventFilter filter;
};

absl::StatusOr<EventListing> ReadEventListing(v1::ListEventsRequest& request) {
  absl::StatusOr<Listing> listing = ReadListing(request);
  if (!listing.ok()) return listing.status();
  auto grant = IfGiven(ReadGrantId, "grant", *request.mutable_grant());
  if (!grant.ok()) return grant.status();
  auto user = IfGiven(ReadUser, "user", *request.mutable_user());
  if (!user.ok()) return user.status();
  auto client = IfGiven(ReadClientName, "client", *request.mutable_client());
  if (!client.ok()) return client.status();
  if (request.after_id() < 0) {
    return FieldInvalid("after_id", "must not be negative");
  }
  return EventListing{*std::move(listing),
                      {*std::move(grant), *std::move(user), *std::move(client),
                       request.newest_first(), request.after_id()}};
}

v1::Event EventToProto(const Event& event) {
  v1::Event proto;
  proto.set_id(event.id);
  *proto.mutable_time() = ToProto(event.time);
  proto.set_kind(event.kind);
  proto.set_actor(event.actor.value());
  proto.set_grant(event.grant.value());
  proto.set_user(event.user.value());
  proto.set_client(event.client.value());
  proto.set_generation(event.generation);
  proto.set_outcome(event.outcome);
  return proto;
}

}  // namespace

grpc::ServerUnaryReactor* EventsService::ListEvents(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return edge_.Serve<v1::ListEventsRequest, v1::ListEventsResponse>(
      {"Events.ListEvents", context, request, response}, ReadEventListing,
      [this](EventListing asked, const Call&, auto reply) {
        AnswerReading<v1::ListEventsResponse>(
            journal_,
            [asked = std::move(asked)](Ledger& ledger) {
              return ToResponse<v1::ListEventsResponse>(
                  ledger.events().List(asked.filter, asked.listing.page),
                  asked.listing, [](auto& page, const Event& event) {
                    *page.add_events() = EventToProto(event);
                  });
            },
            std::move(reply));
      });
}

}  // namespace bursar
