#include "tests/unit/config/config_folder.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "absl/strings/str_replace.h"

namespace bursar {

const char kMinimal[] = R"(
listen: [{address: "127.0.0.1:7400"}]
ledger: {path: ledger.db}
sealing: {keyring_file: keyring}
providers: [{name: cliq, descriptor: zoho-cliq}]
policy: {file: policy.yaml}
)";

ConfigFolder::ConfigFolder() {
  std::string path = std::filesystem::temp_directory_path() / "configXXXXXX";
  if (mkdtemp(path.data()) == nullptr) std::abort();
  path_ = path;
  Write("policy.yaml", "rules: []\n");
}

ConfigFolder::~ConfigFolder() { std::filesystem::remove_all(path_); }

std::string ConfigFolder::Path(const std::string& name) const {
  return path_ + "/" + name;
}

void ConfigFolder::Write(const std::string& name,
                         absl::string_view content) const {
  const std::filesystem::path path = Path(name);
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path) << content;
}

absl::StatusOr<Config> ConfigFolder::Load(absl::string_view yaml) const {
  Write("bursar.yaml", yaml);
  return LoadConfig(Path("bursar.yaml"));
}

std::string ConfigFolder::Errors(absl::string_view yaml) const {
  const absl::Status status = Load(yaml).status();
  return absl::StrReplaceAll(status.message(), {{path_ + "/", ""}});
}

}  // namespace bursar
