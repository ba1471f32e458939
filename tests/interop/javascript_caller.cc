#include "tests/interop/javascript_caller.h"

#include <sstream>

namespace bursar::journey {

using nlohmann::json;

JavaScriptCaller::JavaScriptCaller(const json& call)
    : process_(
          {.argv = {"/usr/bin/env", "node", BURSAR_INTEROP_FOLDER "/caller.mjs",
                    BURSAR_PROTO_FOLDER,
                    folder_.Write("call.json", call.dump())},
           .log = folder_.Path("caller")}) {}

std::vector<json> JavaScriptCaller::Lines() const {
  std::vector<json> lines;
  std::istringstream output(process_.Output());
  for (std::string line; std::getline(output, line);) {
    // The last one may be under way.
    json value = json::parse(line, nullptr, /*allow_exceptions=*/false);
    if (!value.is_discarded()) lines.push_back(std::move(value));
  }
  return lines;
}

json JavaScriptCaller::End() {
  process_.Wait();
  std::vector<json> lines = Lines();
  return lines.empty() ? json() : std::move(lines.back());
}

}  // namespace bursar::journey
