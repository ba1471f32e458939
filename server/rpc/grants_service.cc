#include "server/rpc/grants_service.h"

#include <string>
#include <utility>

#include "server/messages/consents.h"
#include "server/messages/grants.h"
#include "server/rpc/grants_requests.h"
#include "server/rpc/ledger_answer.h"
#include "server/rpc/limit_usage.h"

namespace bursar {
namespace {

// Overloads do not convert to what Edge::Serve deduces.
constexpr auto kValidateGrants = [](auto& request) {
  return Validate(request);
};

// Answers with the grant that a consent led to.
Consent::GrantDone Answering(Reply<v1::Grant> reply) {
  return [reply = std::move(reply)](absl::StatusOr<Grant> grant) mutable {
    if (!grant.ok()) return reply.Refuse(grant.status());
    reply.Send(ToProto(*grant));
  };
}

}  // namespace

grpc::ServerUnaryReactor* GrantsService::BeginConsent(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return edge_.Serve<v1::BeginConsentRequest, v1::BeginConsentResponse>(
      {"Grants.BeginConsent", context, request, response}, kValidateGrants,
      [this](Consent::BeginRequest begin, const Call& call,
             Reply<v1::BeginConsentResponse> reply) {
        begin.actor = call.actor;
        consent_.Begin(begin, call.now,
                       [reply = std::move(reply)](
                           absl::StatusOr<Consent::Begun> begun) mutable {
                         if (!begun.ok()) return reply.Refuse(begun.status());
                         reply.Send(ToProto(*begun));
                       });
      });
}

grpc::ServerUnaryReactor* GrantsService::CompleteConsent(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return edge_.Serve<v1::CompleteConsentRequest, v1::Grant>(
      {"Grants.CompleteConsent", context, request, response}, kValidateGrants,
      [this](Redirect redirect, const Call& call, Reply<v1::Grant> reply) {
        redirect.actor = call.actor;
        redirect.claimant->actor = call.actor;
        consent_.Complete(std::move(redirect), call.now,
                          Answering(std::move(reply)));
      });
}

grpc::ServerUnaryReactor* GrantsService::ImportGrant(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return edge_.Serve<v1::ImportGrantRequest, v1::Grant>(
      {"Grants.ImportGrant", context, request, response}, kValidateGrants,
      [this](Consent::ImportRequest import, const Call& call,
             Reply<v1::Grant> reply) {
        import.actor = call.actor;
        consent_.Import(std::move(import), Answering(std::move(reply)));
      });
}

grpc::ServerUnaryReactor* GrantsService::ExchangeCode(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return edge_.Serve<v1::ExchangeCodeRequest, v1::Grant>(
      {"Grants.ExchangeCode", context, request, response}, kValidateGrants,
      [this](Consent::CodeRequest code, const Call& call,
             Reply<v1::Grant> reply) {
        code.actor = call.actor;
        consent_.ExchangeCode(std::move(code), call.now,
                              Answering(std::move(reply)));
      });
}

grpc::ServerUnaryReactor* GrantsService::RequestClientCredentials(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return edge_.Serve<v1::RequestClientCredentialsRequest, v1::Grant>(
      {"Grants.RequestClientCredentials", context, request, response},
      kValidateGrants,
      [this](Consent::CredentialsRequest credentials, const Call& call,
             Reply<v1::Grant> reply) {
        credentials.actor = call.actor;
        consent_.RequestClientCredentials(std::move(credentials),
                                          Answering(std::move(reply)));
      });
}

grpc::ServerUnaryReactor* GrantsService::BeginDeviceConsent(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  using Response = v1::BeginDeviceConsentResponse;
  return edge_.Serve<v1::BeginDeviceConsentRequest, Response>(
      {"Grants.BeginDeviceConsent", context, request, response},
      kValidateGrants,
      [this](DeviceConsents::BeginRequest begin, const Call& call,
             Reply<Response> reply) {
        begin.actor = call.actor;
        device_consents_.Begin(
            std::move(begin), call.now,
            [reply = std::move(reply)](
                absl::StatusOr<DeviceConsents::Begun> begun) mutable {
              if (!begun.ok()) return reply.Refuse(begun.status());
              reply.Send(ToProto(*begun));
            });
      });
}

grpc::ServerUnaryReactor* GrantsService::GetDeviceConsent(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return edge_.Serve<v1::GetDeviceConsentRequest, v1::DeviceConsent>(
      {"Grants.GetDeviceConsent", context, request, response}, kValidateGrants,
      [this](DeviceConsentId id, const Call&, Reply<v1::DeviceConsent> reply) {
        AnswerReading<v1::DeviceConsent>(
            journal_,
            [id = std::move(id)](
                Ledger& ledger) -> absl::StatusOr<v1::DeviceConsent> {
              const auto consent = ledger.device_consents().Get(id);
              if (consent.ok()) return ToProto(*consent);
              return Explain(consent.status(), "device_consent", id.value());
            },
            std::move(reply));
      });
}

grpc::ServerUnaryReactor* GrantsService::GetGrant(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return edge_.Serve<v1::GetGrantRequest, v1::Grant>(
      {"Grants.GetGrant", context, request, response}, kValidateGrants,
      [this](GrantId id, const Call&, Reply<v1::Grant> reply) {
        AnswerReading<v1::Grant>(
            journal_,
            [id = std::move(id)](Ledger& ledger) -> absl::StatusOr<v1::Grant> {
              const absl::StatusOr<Grant> grant = ledger.grants().Get(id);
              if (grant.ok()) return ToProto(*grant);
              return Explain(grant.status(), "grant", id.value());
            },
            std::move(reply));
      });
}

grpc::ServerUnaryReactor* GrantsService::ListGrants(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return edge_.Serve<v1::ListGrantsRequest, v1::ListGrantsResponse>(
      {"Grants.ListGrants", context, request, response}, kValidateGrants,
      [this](GrantListing asked, const Call&, auto reply) {
        AnswerReading<v1::ListGrantsResponse>(
            journal_,
            [asked = std::move(asked)](Ledger& ledger) {
              return ToResponse<v1::ListGrantsResponse>(
                  ledger.grants().List(asked.filter, asked.listing.page),
                  asked.listing, [](auto& page, const Grant& grant) {
                    *page.add_grants() = ToProto(grant);
                  });
            },
            std::move(reply));
      });
}

grpc::ServerUnaryReactor* GrantsService::ListRefreshTokens(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  using Response = v1::ListRefreshTokensResponse;
  return edge_.Serve<v1::ListRefreshTokensRequest, Response>(
      {"Grants.ListRefreshTokens", context, request, response}, kValidateGrants,
      [this](RefreshTokenListing asked, const Call& call, auto reply) {
        AnswerReading<Response>(
            journal_,
            [this, asked = std::move(asked),
             now = call.now](Ledger& ledger) -> absl::StatusOr<Response> {
              const auto page =
                  ledger.usage().RefreshTokens(asked.grant, asked.listing.page);
              if (absl::IsNotFound(page.status())) {
                return Explain(page.status(), "grant", asked.grant.value());
              }
              auto listed = ToResponse<Response>(
                  page, asked.listing,
                  [](auto& made, const RefreshTokenRecord& record) {
                    *made.add_refresh_tokens() = ToProto(record);
                  });
              if (!listed.ok()) return listed;
              const absl::Status added =
                  AddLimits(providers_, asked.grant, now, ledger, *listed);
              if (!added.ok()) return added;
              return listed;
            },
            std::move(reply));
      });
}

grpc::ServerUnaryReactor* GrantsService::ListUsage(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return edge_.Serve<v1::ListUsageRequest, v1::ListUsageResponse>(
      {"Grants.ListUsage", context, request, response}, kValidateGrants,
      [this](UsageListing asked, const Call& call, auto reply) {
        AnswerReading<v1::ListUsageResponse>(
            journal_,
            [this, asked = std::move(asked), now = call.now](
                Ledger& ledger) -> absl::StatusOr<v1::ListUsageResponse> {
              auto listed = ToResponse<v1::ListUsageResponse>(
                  ledger.usage().List(asked.filter, asked.listing.page),
                  asked.listing, [](auto& page, const Usage& usage) {
                    *page.add_usage() = ToProto(usage);
                  });
              if (!listed.ok()) return listed;
              const absl::Status added = AddLimits(
                  providers_, asked.filter.group, now, ledger, *listed);
              if (!added.ok()) return added;
              return listed;
            },
            std::move(reply));
      });
}

}  // namespace bursar
