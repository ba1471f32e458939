#include "server/rpc/events_service.h"

#include <utility>

#include "bursar/v1/events.pb.h"
#include "server/rpc/convert.h"
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
                    *page.add_events() = ToProto(event);
                  });
            },
            std::move(reply));
      });
}

}  // namespace bursar
