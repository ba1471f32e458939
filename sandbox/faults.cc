#include "sandbox/faults.h"

#include <utility>

#include "absl/strings/match.h"

namespace bursar::sandbox {
namespace {

bool Concerns(const Fault& fault, absl::string_view call) {
  return fault.call == call || fault.call == "any" ||
         (fault.call == "token.any" && absl::StartsWith(call, "token."));
}

}  // namespace

void Faults::Add(Fault fault) {
  const std::lock_guard lock(mutex_);
  faults_.push_back(std::move(fault));
}

void Faults::Clear() {
  const std::lock_guard lock(mutex_);
  faults_.clear();
}

std::optional<Fault> Faults::Take(absl::string_view call) {
  const std::lock_guard lock(mutex_);
  for (auto it = faults_.begin(); it != faults_.end(); ++it) {
    if (!Concerns(*it, call)) continue;
    Fault fault = *it;
    if (--it->times <= 0) faults_.erase(it);
    return fault;
  }
  return std::nullopt;
}

std::vector<Fault> Faults::List() const {
  const std::lock_guard lock(mutex_);
  return {faults_.begin(), faults_.end()};
}

}  // namespace bursar::sandbox
