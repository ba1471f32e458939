#include "sandbox/fault_json.h"

#include <set>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace bursar::sandbox {
namespace {

using nlohmann::json;

struct KindName {
  absl::string_view name;
  FaultKind kind;
};
// Where two names mean one kind, the first is the one that is printed.
constexpr KindName kKinds[] = {
    {"delay", FaultKind::kDelay}, {"reset", FaultKind::kReset},
    {"drop", FaultKind::kDrop},   {"drop_after_processing", FaultKind::kDrop},
    {"stall", FaultKind::kStall}, {"status", FaultKind::kAnswer},
    {"body", FaultKind::kAnswer}, {"edit", FaultKind::kEdit},
};

absl::Status CheckFields(const json& fault) {
  static const auto& known = *new std::set<std::string>{
      "call",        "times",      "kind",     "status",    "body",
      "headers",     "body_bytes", "delay_ms", "set_field", "after_processing",
      "delete_field"};
  for (const auto& [name, value] : fault.items()) {
    if (known.count(name) == 0) {
      return absl::InvalidArgumentError(
          absl::StrCat("a fault has no field \"", name, "\""));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<FaultKind> KindOf(const json& fault) {
  const bool edits =
      fault.contains("set_field") || fault.contains("delete_field");
  const std::string name = fault.value("kind", edits ? "edit" : "");
  for (const KindName& known : kKinds) {
    if (known.name == name) return known.kind;
  }
  return absl::InvalidArgumentError(
      absl::StrCat("no kind of fault is called \"", name, "\""));
}

// RFC 7396: null deletes.
std::string MergePatchOf(const json& fault) {
  json patch = fault.value("set_field", json::object());
  const json deleted = fault.value("delete_field", json::array());
  for (const json& name : deleted.is_array() ? deleted : json{deleted}) {
    patch[name.get<std::string>()] = nullptr;
  }
  return patch.dump();
}

std::string BodyOf(const json& fault) {
  const auto body = fault.find("body");
  if (body == fault.end()) return "";
  return body->is_string() ? body->get<std::string>() : body->dump();
}

}  // namespace

absl::StatusOr<Fault> FaultFromJson(const json& json_fault) {
  if (auto status = CheckFields(json_fault); !status.ok()) return status;
  auto kind = KindOf(json_fault);
  if (!kind.ok()) return kind.status();
  Fault fault;
  fault.kind = *kind;
  fault.call = json_fault.value("call", "any");
  fault.times = json_fault.value("times", int64_t{1});
  if (fault.times < 1) {
    return absl::InvalidArgumentError("times must be at least 1");
  }
  fault.after_processing =
      json_fault.value("after_processing", false) ||
      json_fault.value("kind", "") == "drop_after_processing";
  fault.delay = absl::Milliseconds(json_fault.value("delay_ms", int64_t{0}));
  fault.status = json_fault.value("status", 200);
  fault.headers = json_fault.value("headers", fault.headers);
  fault.body = BodyOf(json_fault);
  fault.body_bytes = json_fault.value("body_bytes", int64_t{0});
  fault.merge_patch = MergePatchOf(json_fault);
  return fault;
}

json FaultToJson(const Fault& fault) {
  std::string name;
  for (const KindName& known : kKinds) {
    if (name.empty() && known.kind == fault.kind)
      name = std::string(known.name);
  }
  return {{"call", fault.call}, {"kind", name}, {"times", fault.times}};
}

}  // namespace bursar::sandbox
