// Policy files.

#include <string>

#include "server/config/policy_file.h"
#include "tests/fuzz/fuzz_input.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  using namespace bursar;
  const std::string text(FuzzInput(data, size).Rest());
  const auto policy = ParsePolicy("policy.yaml", text);
  if (!policy.ok()) {
    Must(!policy.status().message().empty(), "a refusal says why");
    return 0;
  }
  for (const PolicyRule& rule : (*policy)->rules()) {
    Must(!rule.subjects.empty() && rule.rpcs.any(),
         "a rule says who may do what");
    for (const PathPattern& subject : rule.subjects) {
      Must(!subject.stem().empty(), "no subject is everybody");
    }
  }
  const auto again = ParsePolicy("policy.yaml", text);
  Must(again.ok() && (*again)->version() == (*policy)->version(),
       "one text is one policy");
  return 0;
}
