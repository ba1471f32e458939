// The policy file: what callers may do, as YAML, validated whole. Pure but for
// reading the file; no locking. docs/operations.md documents each key.

#ifndef BURSAR_SERVER_CONFIG_POLICY_FILE_H_
#define BURSAR_SERVER_CONFIG_POLICY_FILE_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "server/config/config_errors.h"
#include "server/config/yaml_reader.h"
#include "server/core/access_policy.h"

namespace bursar {

using LoadedPolicy = std::shared_ptr<const AccessPolicy>;

/// Reads and checks the file at `path`. Every error is found, and the status
/// lists each on a line of its own as "FILE:LINE:COLUMN: what is wrong". The
/// policy's version is made of the file's content.
absl::StatusOr<LoadedPolicy> LoadPolicy(const std::string& path);

/// The same of `text`, which errors call `file`.
absl::StatusOr<LoadedPolicy> ParsePolicy(const std::string& file,
                                         const std::string& text);

/// The path under `file` of the configuration's section `policy`. What is wrong
/// with the policy there is noted as well.
std::string ReadPolicySection(const YamlReader& section);

}  // namespace bursar

#endif  // BURSAR_SERVER_CONFIG_POLICY_FILE_H_
