// A folder of its own for a configuration and the files it names, with a
// policy.yaml to name; removed with the object. Not thread-safe.

#ifndef BURSAR_TESTS_UNIT_CONFIG_CONFIG_FOLDER_H_
#define BURSAR_TESTS_UNIT_CONFIG_CONFIG_FOLDER_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "server/config/config.h"
#include "tests/fakes/temporary_folder.h"

namespace bursar {

class ConfigFolder {
 public:
  ConfigFolder();

  /// The path of `name` in this folder.
  std::string Path(const std::string& name) const { return folder_.Path(name); }

  /// Writes a file, with the folders it needs.
  void Write(const std::string& name, absl::string_view content) const;

  /// Loads `yaml` as this folder's bursar.yaml.
  absl::StatusOr<Config> Load(absl::string_view yaml) const;

  /// The errors in `yaml`, without this folder in the paths; "" if none.
  std::string Errors(absl::string_view yaml) const;

 private:
  const TemporaryFolder folder_;
};

/// A configuration with what every one needs, to which a test adds sections.
extern const char kMinimal[];

}  // namespace bursar

#endif  // BURSAR_TESTS_UNIT_CONFIG_CONFIG_FOLDER_H_
