#include "server/rpc/clients_service.h"

#include <utility>
#include <vector>

#include "server/messages/clients.h"
#include "server/rpc/client_changes.h"
#include "server/rpc/clients_requests.h"
#include "server/rpc/ledger_answer.h"

namespace bursar {
namespace {

// Overloads do not convert to what Edge::Serve deduces.
constexpr auto kValidateClients = [](auto& request) {
  return Validate(request);
};

absl::StatusOr<v1::Client> ToResponse(const absl::StatusOr<Client>& client) {
  if (!client.ok()) return client.status();
  return ToProto(*client);
}

// Deletes the client, whose grants `revoked` have just been revoked.
void Delete(Journal& journal, ClientName name, const Call& call,
            const std::vector<GrantId>& revoked,
            Reply<v1::DeleteClientResponse> reply) {
  v1::DeleteClientResponse response;
  for (const GrantId& grant : revoked) {
    response.add_revoked_grants(grant.value());
  }
  AnswerWriting<v1::DeleteClientResponse>(
      journal,
      [name = std::move(name), call, response = std::move(response)](
          Ledger& ledger) -> absl::StatusOr<v1::DeleteClientResponse> {
        absl::Status deleted = DeleteClient(name, call, ledger);
        if (!deleted.ok()) return deleted;
        return response;
      },
      std::move(reply));
}

}  // namespace

grpc::ServerUnaryReactor* ClientsService::CreateClient(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return edge_.Serve<v1::CreateClientRequest, v1::Client>(
      {"Clients.CreateClient", context, request, response}, kValidateClients,
      [this](ClientCreation creation, const Call& call,
             Reply<v1::Client> reply) {
        const absl::Status complete =
            CompleteClient(creation.client, providers_);
        if (!complete.ok()) return reply.Refuse(complete);
        AnswerWriting<v1::Client>(
            journal_,
            [creation = std::move(creation), call](Ledger& ledger) {
              return ToResponse(bursar::CreateClient(creation, call, ledger));
            },
            std::move(reply));
      });
}

grpc::ServerUnaryReactor* ClientsService::GetClient(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return edge_.Serve<v1::GetClientRequest, v1::Client>(
      {"Clients.GetClient", context, request, response}, kValidateClients,
      [this](ClientName name, const Call&, Reply<v1::Client> reply) {
        AnswerReading<v1::Client>(
            journal_,
            [name = std::move(name)](
                Ledger& ledger) -> absl::StatusOr<v1::Client> {
              const absl::StatusOr<Client> client = ledger.clients().Get(name);
              if (client.ok()) return ToProto(*client);
              return Explain(client.status(), "client", name.value());
            },
            std::move(reply));
      });
}

grpc::ServerUnaryReactor* ClientsService::ListClients(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return edge_.Serve<v1::ListClientsRequest, v1::ListClientsResponse>(
      {"Clients.ListClients", context, request, response}, kValidateClients,
      [this](ClientListing asked, const Call&, auto reply) {
        AnswerReading<v1::ListClientsResponse>(
            journal_,
            [asked = std::move(asked)](Ledger& ledger) {
              return bursar::ToResponse<v1::ListClientsResponse>(
                  ledger.clients().List(asked.filter, asked.listing.page),
                  asked.listing, [](auto& page, const Client& client) {
                    *page.add_clients() = ToProto(client);
                  });
            },
            std::move(reply));
      });
}

grpc::ServerUnaryReactor* ClientsService::UpdateClient(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return edge_.Serve<v1::UpdateClientRequest, v1::Client>(
      {"Clients.UpdateClient", context, request, response}, kValidateClients,
      [this](ClientUpdate update, const Call& call, Reply<v1::Client> reply) {
        AnswerWriting<v1::Client>(
            journal_,
            [this, update = std::move(update), call](Ledger& ledger) {
              return ToResponse(
                  bursar::UpdateClient(update, providers_, call, ledger));
            },
            std::move(reply));
      });
}

grpc::ServerUnaryReactor* ClientsService::DeleteClient(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return edge_.Serve<v1::DeleteClientRequest, v1::DeleteClientResponse>(
      {"Clients.DeleteClient", context, request, response}, kValidateClients,
      [this](ClientDeletion deletion, const Call& call,
             Reply<v1::DeleteClientResponse> reply) {
        if (!deletion.force) {
          return Delete(journal_, std::move(deletion.name), call, {},
                        std::move(reply));
        }
        revocation_.Revoke(
            deletion.name, call.actor, call.now,
            [this, name = deletion.name, call, reply = std::move(reply)](
                absl::StatusOr<std::vector<GrantId>> revoked) mutable {
              if (!revoked.ok()) return reply.Refuse(revoked.status());
              Delete(journal_, std::move(name), call, *revoked,
                     std::move(reply));
            });
      });
}

grpc::ServerUnaryReactor* ClientsService::ReplaceClientSecret(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return edge_.Serve<v1::ReplaceClientSecretRequest, v1::Client>(
      {"Clients.ReplaceClientSecret", context, request, response},
      kValidateClients,
      [this](SecretReplacement replacement, const Call& call,
             Reply<v1::Client> reply) {
        AnswerWriting<v1::Client>(
            journal_,
            [this, replacement = std::move(replacement), call](Ledger& ledger) {
              return ToResponse(bursar::ReplaceClientSecret(
                  replacement, providers_, call, ledger));
            },
            std::move(reply));
      });
}

grpc::ServerUnaryReactor* ClientsService::RemoveClientSecret(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
    grpc::ByteBuffer* response) {
  return edge_.Serve<v1::RemoveClientSecretRequest, v1::Client>(
      {"Clients.RemoveClientSecret", context, request, response},
      kValidateClients,
      [this](SecretRemoval removal, const Call& call, Reply<v1::Client> reply) {
        AnswerWriting<v1::Client>(
            journal_,
            [removal = std::move(removal), call](Ledger& ledger) {
              return ToResponse(
                  bursar::RemoveClientSecret(removal, call, ledger));
            },
            std::move(reply));
      });
}

}  // namespace bursar
