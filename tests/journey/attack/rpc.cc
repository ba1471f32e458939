#include "tests/journey/attack/rpc.h"

#include <algorithm>
#include <iterator>
#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "bursar/v1/api_keys.pb.h"
#include "bursar/v1/audit.pb.h"
#include "bursar/v1/clients.pb.h"
#include "bursar/v1/events.pb.h"
#include "bursar/v1/grants.pb.h"
#include "bursar/v1/keys.pb.h"
#include "bursar/v1/policy.pb.h"
#include "bursar/v1/revocations.pb.h"
#include "bursar/v1/token_broker.pb.h"
#include "google/protobuf/message.h"

namespace bursar::journey {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;
using google::protobuf::Message;
using google::protobuf::MessageFactory;

// What this test knows callers may ask for; all else is the operators'.
constexpr absl::string_view kCallers[] = {
    "GetToken",         "Refresh",         "Revoke",
    "BeginConsent",     "CompleteConsent", "BeginDeviceConsent",
    "GetDeviceConsent", "GetGrant",        "WatchRevocations"};
constexpr absl::string_view kBeginning[] = {"BeginConsent", "CompleteConsent",
                                            "BeginDeviceConsent"};
// By a message of each: a file that nobody refers to is not linked.
const std::vector<const FileDescriptor*>& Files() {
  static const auto& files = *new std::vector<const FileDescriptor*>{
      v1::GetTokenRequest::descriptor()->file(),
      v1::GetGrantRequest::descriptor()->file(),
      v1::GetClientRequest::descriptor()->file(),
      v1::ListEventsRequest::descriptor()->file(),
      v1::CreateApiKeyRequest::descriptor()->file(),
      v1::ListKeysRequest::descriptor()->file(),
      v1::ExplainPolicyRequest::descriptor()->file(),
      v1::ListDeliveriesRequest::descriptor()->file(),
      v1::RetryRevocationsRequest::descriptor()->file(),
  };
  return files;
}

template <typename Names>
bool IsAmong(const Names& names, absl::string_view name) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

// Fills in what the field is by its name; false for any other.
void FillIn(Message& message, const FieldDescriptor& field,
            const std::string& user, const std::string& client,
            const std::string& grant) {
  if (field.is_repeated() || field.type() != FieldDescriptor::TYPE_STRING) {
    return;
  }
  // One of a choice is enough.
  const auto* choice = field.real_containing_oneof();
  if (choice != nullptr && message.GetReflection()->HasOneof(message, choice)) {
    return;
  }
  const std::string& name = field.name();
  if (name == "user") {
    message.GetReflection()->SetString(&message, &field, user);
  } else if (name == "client" || name == "name") {
    message.GetReflection()->SetString(&message, &field, client);
  } else if (name == "grant" || name == "id") {
    message.GetReflection()->SetString(&message, &field, grant);
  }
}

}  // namespace

std::string Rpc::Name() const {
  return absl::StrCat(method->service()->name(), "_", method->name());
}

std::string Rpc::Path() const {
  return absl::StrCat("/", method->service()->full_name(), "/", method->name());
}

bool Rpc::IsOperators() const { return !IsAmong(kCallers, method->name()); }

bool Rpc::Begins() const { return IsAmong(kBeginning, method->name()); }

std::vector<Rpc> EveryRpc() {
  std::vector<Rpc> rpcs;
  for (const FileDescriptor* file : Files()) {
    for (int s = 0; s < file->service_count(); ++s) {
      const auto* service = file->service(s);
      for (int m = 0; m < service->method_count(); ++m) {
        rpcs.push_back({service->method(m)});
      }
    }
  }
  return rpcs;
}

std::vector<Rpc> EveryRpcThatAnswersOnce() {
  std::vector<Rpc> rpcs = EveryRpc();
  rpcs.erase(std::remove_if(
                 rpcs.begin(), rpcs.end(),
                 [](const Rpc& rpc) { return rpc.method->server_streaming(); }),
             rpcs.end());
  return rpcs;
}

std::string RequestAbout(const Rpc& rpc, const std::string& user,
                         const std::string& client, const std::string& grant) {
  const std::unique_ptr<Message> request(
      MessageFactory::generated_factory()
          ->GetPrototype(rpc.method->input_type())
          ->New());
  const auto* type = request->GetDescriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    FillIn(*request, *type->field(i), user, client, grant);
  }
  return request->SerializeAsString();
}

}  // namespace bursar::journey
