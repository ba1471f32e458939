// Looks through YAML before it is loaded: yaml-cpp 0.7 loads one document after
// another without end where a file has a stray comma, and follows whatever
// aliases multiply. Pure; no locking.

#ifndef BURSAR_SERVER_CONFIG_YAML_SCAN_H_
#define BURSAR_SERVER_CONFIG_YAML_SCAN_H_

#include <optional>
#include <string>

#include "yaml-cpp/mark.h"

namespace bursar {

/// What is wrong with a file, and where.
struct YamlFlaw {
  YAML::Mark mark;
  std::string message;
};

/// Why `text`, which is YAML or throws YAML::Exception, is not to be loaded:
/// it has a second document, an alias inside of what it stands for, or more
/// values than any honest file once every alias stands for its own. Nothing if
/// it may be.
std::optional<YamlFlaw> FindYamlFlaw(const std::string& text);

}  // namespace bursar

#endif  // BURSAR_SERVER_CONFIG_YAML_SCAN_H_
