// A map of a YAML file. A key that occurs twice is an error, and so is one that
// nobody asked for by the time the map goes. Made for one load; not
// thread-safe.

#ifndef BURSAR_SERVER_CONFIG_YAML_MAP_H_
#define BURSAR_SERVER_CONFIG_YAML_MAP_H_

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "server/config/yaml_reader.h"

namespace bursar {

class YamlMap {
 public:
  explicit YamlMap(YamlReader reader);
  YamlMap(const YamlMap&) = delete;
  YamlMap& operator=(const YamlMap&) = delete;

  /// Notes an error for every key that was not asked for.
  ~YamlMap();

  /// The value under `key`, or nothing.
  std::optional<YamlReader> Find(const std::string& key) const;

  /// As Find, but notes an error if there is none.
  std::optional<YamlReader> Require(const std::string& key) const;

  /// Every key and value, in the file's order.
  std::vector<std::pair<std::string, YamlReader>> Entries() const;

  /// The value under `key`, or `otherwise` if there is none or it is wrong.
  std::string TextOr(const std::string& key,
                     const std::string& otherwise) const;
  /// The texts of a list, one at least.
  std::vector<std::string> TextsOr(const std::string& key,
                                   std::vector<std::string> otherwise) const;
  bool BoolOr(const std::string& key, bool otherwise) const;
  int64_t IntegerOr(const std::string& key, int64_t otherwise,
                    Within<int64_t> bounds) const;
  absl::Duration DurationOr(const std::string& key, absl::Duration otherwise,
                            Within<absl::Duration> bounds) const;

  /// Notes an error at the map's own place.
  void Fail(absl::string_view message) const { reader_.Fail(message); }

 private:
  void RefuseUnknown(const std::string& key, const YAML::Mark& mark) const;

  const YamlReader reader_;
  // In the file's order.
  std::vector<std::pair<std::string, YamlReader>> entries_;
  std::map<std::string, YAML::Mark> key_marks_;
  mutable std::set<std::string> asked_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_CONFIG_YAML_MAP_H_
