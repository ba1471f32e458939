// bursar.v1.Events: the append-only record, page by page. Borrows what it is
// made with; thread-safe.

#ifndef BURSAR_SERVER_RPC_EVENTS_SERVICE_H_
#define BURSAR_SERVER_RPC_EVENTS_SERVICE_H_

#include "bursar/v1/events.grpc.pb.h"
#include "server/core/journal.h"
#include "server/rpc/edge.h"

namespace bursar {

class EventsService final
    : public v1::Events::WithRawCallbackMethod_ListEvents<v1::Events::Service> {
 public:
  EventsService(Edge& edge, Journal& journal)
      : edge_(edge), journal_(journal) {}

  grpc::ServerUnaryReactor* ListEvents(grpc::CallbackServerContext* context,
                                       const grpc::ByteBuffer* request,
                                       grpc::ByteBuffer* response) override;

 private:
  Edge& edge_;
  Journal& journal_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_RPC_EVENTS_SERVICE_H_
