#include "tests/unit/config/one_provider.h"

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/unit/config/config_folder.h"

namespace bursar {

std::string WithProviders(absl::string_view providers) {
  return absl::StrCat(R"(
listen: [{address: "127.0.0.1:7400"}]
ledger: {path: ledger.db}
sealing: {keyring_file: keyring}
providers: )",
                      providers, "\npolicy: {file: policy.yaml}\n");
}

Provider LoadProvider(absl::string_view providers) {
  const ConfigFolder folder;
  const auto config = folder.Load(WithProviders(providers));
  EXPECT_TRUE(config.ok()) << config.status();
  return config.ok() ? config->providers.at(0) : Provider();
}

std::string OAuth2(absl::string_view more) {
  return absl::StrCat(
      "[{name: idp, descriptor: oauth2, data_centers: {main: {accounts_server: "
      "\"https://idp.example\"}}, authorization_endpoint: /authorize, "
      "token_endpoint: "
      "/token, ",
      more, "}]");
}

}  // namespace bursar
