#include "tests/unit/config/config_folder.h"

#include "absl/strings/str_replace.h"

namespace bursar {

const char kMinimal[] = R"(
listen: [{address: "127.0.0.1:7400"}]
ledger: {path: ledger.db}
sealing: {keyring_file: keyring}
providers: [{name: cliq, descriptor: zoho-cliq}]
policy: {file: policy.yaml}
)";

ConfigFolder::ConfigFolder() { Write("policy.yaml", "rules: []\n"); }

void ConfigFolder::Write(const std::string& name,
                         absl::string_view content) const {
  folder_.Write(name, content);
}

absl::StatusOr<Config> ConfigFolder::Load(absl::string_view yaml) const {
  Write("bursar.yaml", yaml);
  return LoadConfig(Path("bursar.yaml"));
}

std::string ConfigFolder::Errors(absl::string_view yaml) const {
  const absl::Status status = Load(yaml).status();
  return absl::StrReplaceAll(status.message(), {{Path(""), ""}});
}

}  // namespace bursar
