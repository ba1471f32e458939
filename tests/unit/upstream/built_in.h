// The built-in providers as a configuration loads them, and what they make of
// answers.

#ifndef BURSAR_TESTS_UNIT_UPSTREAM_BUILT_IN_H_
#define BURSAR_TESTS_UNIT_UPSTREAM_BUILT_IN_H_

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "server/core/provider.h"
#include "server/core/upstream.h"
#include "server/upstream/token_response.h"
#include "tests/unit/config/config_folder.h"
#include "tests/unit/upstream/samples.h"

namespace bursar {

/// The provider of an entry that names `descriptor`, with `more` keys.
inline Provider BuiltIn(const std::string& descriptor,
                        const std::string& more = "") {
  const ConfigFolder folder;
  const auto config = folder.Load(absl::StrCat(R"(
listen: [{address: "127.0.0.1:7400"}]
ledger: {path: ledger.db}
sealing: {keyring_file: keyring}
policy: {file: policy.yaml}
providers: [{name: x, descriptor: )",
                                               descriptor, more, "}]\n"));
  EXPECT_TRUE(config.ok()) << config.status();
  return config.ok() ? config->providers.at(0) : Provider();
}

/// What `provider` makes of an answer to a token request.
inline RedeemResult ReadAs(const Provider& provider, int status,
                           const std::string& body) {
  return ReadTokenAnswer(AnswerOf(status, body), provider, kSent, kNow);
}

}  // namespace bursar

#endif  // BURSAR_TESTS_UNIT_UPSTREAM_BUILT_IN_H_
