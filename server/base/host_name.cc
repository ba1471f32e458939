#include "server/base/host_name.h"

#include <arpa/inet.h>

#include <algorithm>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/strip.h"

namespace bursar {
namespace {

bool IsNumber(absl::string_view label) {
  if (absl::ConsumePrefix(&label, "0x") || absl::ConsumePrefix(&label, "0X")) {
    return std::all_of(label.begin(), label.end(), absl::ascii_isxdigit);
  }
  return !label.empty() &&
         std::all_of(label.begin(), label.end(), absl::ascii_isdigit);
}

}  // namespace

bool IsUnambiguousHost(absl::string_view host) {
  const absl::string_view name = absl::StripSuffix(host, ".");
  const std::size_t dot = name.rfind('.');
  const bool is_number =
      IsNumber(dot == absl::string_view::npos ? name : name.substr(dot + 1));
  in_addr address{};
  return !is_number ||
         inet_pton(AF_INET, std::string(host).c_str(), &address) == 1;
}

}  // namespace bursar
