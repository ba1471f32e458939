#include "sandbox/calls.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/match.h"
#include "sandbox/connection.h"
#include "sandbox/parameters.h"

namespace bursar::sandbox {
namespace {

std::string ContentTypeFor(const std::string& body) {
  return absl::StartsWith(body, "{") ? "application/json" : "text/html";
}

void SendFiller(int64_t bytes, httplib::Response& response) {
  response.set_content_provider(
      static_cast<std::size_t>(bytes), "application/json",
      [](std::size_t, std::size_t length, httplib::DataSink& sink) {
        static const std::string filler(1 << 16, ' ');
        return sink.write(filler.data(), std::min(length, filler.size()));
      });
}

void SendInstead(const Fault& fault, httplib::Response& response) {
  response = httplib::Response();
  response.status = fault.status;
  for (const auto& [name, value] : fault.headers) {
    response.set_header(name, value);
  }
  if (fault.body_bytes > 0) {
    SendFiller(fault.body_bytes, response);
  } else if (response.has_header("Content-Type")) {
    response.body = fault.body;
  } else {
    response.set_content(fault.body, ContentTypeFor(fault.body));
  }
}

absl::Duration StallLimit(const Fault& fault) {
  return fault.delay > absl::ZeroDuration() ? fault.delay
                                            : absl::InfiniteDuration();
}

// With a body: the head and that much of a longer body come before the silence.
void Stall(const Fault& fault, httplib::Response& response) {
  if (fault.body.empty()) {
    Connection::Current().WaitUntilPeerLeaves(StallLimit(fault));
    Connection::Current().Drop();
    return;
  }
  response = httplib::Response();
  response.status = fault.status;
  response.set_content_provider(
      fault.body.size() + 1, ContentTypeFor(fault.body),
      [fault](std::size_t, std::size_t, httplib::DataSink& sink) {
        sink.write(fault.body.data(), fault.body.size());
        Connection::Current().WaitUntilPeerLeaves(StallLimit(fault));
        Connection::Current().Drop();
        return false;
      });
}

void Edit(const Fault& fault, httplib::Response& response) {
  auto body = nlohmann::json::parse(response.body, nullptr, false);
  if (!body.is_object()) return;
  body.merge_patch(nlohmann::json::parse(fault.merge_patch));
  response.body = body.dump();
}

void Strike(const Fault& fault, const StopSignal& stop,
            httplib::Response& response) {
  if (fault.kind == FaultKind::kStall) return Stall(fault, response);
  if (fault.delay > absl::ZeroDuration()) stop.Sleep(fault.delay);
  switch (fault.kind) {
    case FaultKind::kReset:
      return Connection::Current().Reset();
    case FaultKind::kDrop:
      return Connection::Current().Drop();
    case FaultKind::kAnswer:
      return SendInstead(fault, response);
    case FaultKind::kEdit:
      return Edit(fault, response);
    case FaultKind::kDelay:
    case FaultKind::kStall:
      return;
  }
}

void Count(World& world, const std::string& name,
           const httplib::Request& request) {
  const std::string client_id = Parameters(request).credentials().client_id;
  world.With([&](Provider& provider, absl::Time) {
    ++provider.counts.calls[name];
    if (provider.clients.Find(client_id) != nullptr) {
      ++provider.counts.calls_by_client[client_id][name];
    }
  });
}

}  // namespace

httplib::Server::Handler AsCall(HttpServer& server, World& world, CallName name,
                                httplib::Server::Handler handler) {
  return
      [&server, &world, name = std::move(name), handler = std::move(handler)](
          const httplib::Request& request, httplib::Response& response) {
        const std::string call = name(request);
        Count(world, call, request);
        const std::optional<Fault> fault = world.faults().Take(call);
        const bool late = fault && fault->kind == FaultKind::kDelay &&
                          !fault->after_processing;
        if (late) Strike(*fault, server.stop_signal(), response);
        const bool processed = !fault || late || fault->after_processing ||
                               fault->kind == FaultKind::kEdit;
        if (processed) handler(request, response);
        if (fault && !late) Strike(*fault, server.stop_signal(), response);
      };
}

httplib::Server::Handler AsCall(HttpServer& server, World& world,
                                std::string name,
                                httplib::Server::Handler handler) {
  return AsCall(
      server, world,
      [name = std::move(name)](const httplib::Request&) { return name; },
      std::move(handler));
}

}  // namespace bursar::sandbox
