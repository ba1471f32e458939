// bursarctl health: the standard health service.

#include "absl/strings/str_cat.h"
#include "client/bursarctl/command.h"
#include "grpc/health/v1/health.grpc.pb.h"

namespace bursar::client {
namespace {

using grpc::health::v1::Health;
using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;

struct HealthOptions {
  std::string service;
};

absl::Status Check(const HealthOptions& options, Session& session,
                   const Output& output) {
  HealthCheckRequest request;
  request.set_service(options.service);
  auto response = session.Call<Health>(&Health::Stub::Check, request);
  if (!response.ok()) return response.status();
  const std::string state =
      HealthCheckResponse::ServingStatus_Name(response->status());
  Table table = Table::OfFields();
  table.Add({"Health", state});
  output.Print(*response, table);
  if (response->status() == HealthCheckResponse::SERVING) {
    return absl::OkStatus();
  }
  return absl::ResourceExhaustedError(absl::StrCat("the server is ", state));
}

}  // namespace

void AddHealthCommand(CLI::App& app, CommandLine& line) {
  auto options = std::make_shared<HealthOptions>();
  AddVerb(app, line, "health", "Ask the server whether it serves", options,
          Check)
      ->add_option("--service", options->service,
                   "A service's full name; the whole server if not given");
}

}  // namespace bursar::client
