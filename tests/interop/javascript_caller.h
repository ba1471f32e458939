// Calls of caller.mjs, which speaks gRPC without any of its C++. A process a
// call. Not thread-safe.

#ifndef BURSAR_TESTS_INTEROP_JAVASCRIPT_CALLER_H_
#define BURSAR_TESTS_INTEROP_JAVASCRIPT_CALLER_H_

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/fakes/temporary_folder.h"
#include "tests/journey/harness/process.h"

namespace bursar::journey {

class JavaScriptCaller {
 public:
  /// Begins the call, as caller.mjs describes it.
  explicit JavaScriptCaller(const nlohmann::json& call);

  /// What it printed so far, a value a line.
  std::vector<nlohmann::json> Lines() const;

  /// Waits for the last call's end; its last line. Null if none comes.
  nlohmann::json End();

 private:
  const TemporaryFolder folder_;
  Process process_;
};

}  // namespace bursar::journey

#endif  // BURSAR_TESTS_INTEROP_JAVASCRIPT_CALLER_H_
