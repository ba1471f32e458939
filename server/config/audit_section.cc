#include "server/config/audit_section.h"

#include "server/config/yaml_map.h"

namespace bursar {

AuditSettings ReadAudit(const YamlReader& section) {
  constexpr absl::Duration kDay = absl::Hours(24);
  AuditSettings settings;
  const YamlMap keys = section.Map();
  settings.fold_interval = keys.DurationOr(
      "fold_interval", settings.fold_interval, {absl::Seconds(1), kDay});
  settings.told_every = keys.DurationOr("told_every", settings.told_every,
                                        {absl::Seconds(1), 366 * kDay});
  settings.retention =
      keys.DurationOr("retention", settings.retention, {kDay, 36'500 * kDay});
  return settings;
}

}  // namespace bursar
