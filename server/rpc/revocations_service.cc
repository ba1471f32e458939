#include "server/rpc/revocations_service.h"

#include <utility>

#include "bursar/v1/revocations.pb.h"
#include "server/messages/times.h"
#include "server/rpc/ledger_answer.h"
#include "server/rpc/listing.h"
#include "server/rpc/validate.h"

namespace bursar {
namespace {

struct PendingListing {
  Listing listing;
  RevocationFilter filter;
};

absl::StatusOr<PendingListing> ReadPendingListing(
    v1::ListPendingRevocationsRequest& request) {
  absl::StatusOr<Listing> listing = ReadListing(request);
  if (!listing.ok()) return listing.status();
  auto client = IfGiven(ReadClientName, "client", *request.mutable_client());
  if (!client.ok()) return client.status();
  return PendingListing{*std::move(listing),
                        {std::nullopt, *std::move(client)}};
}

absl::StatusOr<RevocationFilter> ReadRetry(
    v1::RetryRevocationsRequest& request) {
  auto grant = IfGiven(ReadGrantId, "grant", *request.mutable_grant());
  if (!grant.ok()) return grant.status();
  auto client = IfGiven(ReadClientName, "client", *request.mutable_client());
  if (!client.ok()) return client.status();
  return RevocationFilter{*std::move(grant), *std::move(client)};
}

v1::PendingRevocation PendingToProto(const RevocationProgress& revocation) {
  v1::PendingRevocation message;
  message.set_grant(revocation.grant.value());
  message.set_user(revocation.user.value());
  message.set_client(revocation.client.value());
  message.set_provider(revocation.provider.value());
  message.set_data_center(revocation.data_center.value());
  message.set_attempts(revocation.attempts);
  *message.mutable_end_time() = ToProto(revocation.ended);
  *message.mutable_next_attempt_time() = ToProto(revocation.next_attempt);
  return message;
}

}  // namespace

grpc::ServerUnaryReactor* RevocationsService::ListPendingRevocations(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return edge_.Serve<v1::ListPendingRevocationsRequest,
                     v1::ListPendingRevocationsResponse>(
      {"Revocations.ListPendingRevocations", context, request, response},
      ReadPendingListing,
      [this](PendingListing asked, const Call&, auto reply) {
        AnswerReading<v1::ListPendingRevocationsResponse>(
            journal_,
            [asked = std::move(asked)](Ledger& ledger) {
              return ToResponse<v1::ListPendingRevocationsResponse>(
                  ledger.revocations().List(asked.filter, asked.listing.page),
                  asked.listing,
                  [](auto& page, const RevocationProgress& revocation) {
                    *page.add_revocations() = PendingToProto(revocation);
                  });
            },
            std::move(reply));
      });
}

grpc::ServerUnaryReactor* RevocationsService::RetryRevocations(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return edge_.Serve<v1::RetryRevocationsRequest, v1::RetryRevocationsResponse>(
      {"Revocations.RetryRevocations", context, request, response}, ReadRetry,
      [this](RevocationFilter filter, const Call& call, auto reply) {
        revocation_.Retry(
            std::move(filter), call.now,
            [reply = std::move(reply)](absl::StatusOr<int64_t> found) mutable {
              if (!found.ok()) return reply.Refuse(found.status());
              v1::RetryRevocationsResponse answer;
              answer.set_hastened(*found);
              reply.Send(answer);
            });
      });
}

}  // namespace bursar
