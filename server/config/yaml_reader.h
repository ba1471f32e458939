// A value of a YAML file as its reader wants it: of one type, within bounds.
// What does not fit is noted in the ConfigErrors, with its place, and reading
// goes on; so a reader asks for everything and looks at the errors at the end.
// yaml-cpp's exceptions end here. Made for one load; not thread-safe.

#ifndef BURSAR_SERVER_CONFIG_YAML_READER_H_
#define BURSAR_SERVER_CONFIG_YAML_READER_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "server/config/config_errors.h"
#include "yaml-cpp/node/node.h"

namespace bursar {

class YamlMap;

/// Bounds, both included.
template <typename T>
struct Within {
  T least;
  T most;
};

class YamlReader {
 public:
  /// Parses `text`, which is one YAML document; if it is not, notes that and
  /// returns nothing. Relative paths in it start at `folder`.
  static std::optional<YamlReader> Parse(const std::string& file,
                                         const std::string& folder,
                                         const std::string& text,
                                         ConfigErrors& errors);

  /// The file's content as Parse returns it; relative paths in it start at the
  /// file's own folder. Notes what LoadText does.
  static std::optional<YamlReader> Load(const std::string& path,
                                        const YamlReader* mention,
                                        ConfigErrors& errors);

  /// The text of a file that Parse takes. Notes at `mention`, or else at the
  /// file's first line, that it cannot be read.
  static std::optional<std::string> LoadText(const std::string& path,
                                             const YamlReader* mention,
                                             ConfigErrors& errors);

  /// Whether nothing stands there, or null.
  bool IsNull() const;
  bool IsList() const;

  /// Each notes an error and returns nothing unless the value is one.
  std::optional<std::string> Text() const;
  std::optional<bool> Bool() const;
  std::optional<int64_t> Integer(Within<int64_t> bounds) const;
  /// A number of bytes, such as 65536, 64KiB or 1MiB.
  std::optional<int64_t> Size(Within<int64_t> bounds) const;
  /// Such as "10s", "1h30m" or "400d".
  std::optional<absl::Duration> Duration(Within<absl::Duration> bounds) const;
  /// The path of a file, made absolute with the file's folder if that is.
  std::optional<std::string> Path() const;
  /// The path of a file that this process can read.
  std::optional<std::string> ReadablePath() const;
  /// One of `words`.
  std::optional<std::string> Word(const std::vector<std::string>& words) const;

  /// The values of a list; notes an error and is empty unless it is one.
  std::vector<YamlReader> Items() const;
  /// The values of a map; notes an error and is empty unless it is one.
  YamlMap Map() const;

  /// `path` as seen from the file's folder.
  std::string Resolve(const std::string& path) const;

  /// Notes that this value is wrong.
  void Fail(absl::string_view message) const;

  ConfigErrors& errors() const { return source_->errors; }

 private:
  friend class YamlMap;

  struct Source {
    std::string file;
    std::string folder;
    ConfigErrors& errors;
  };

  YamlReader(std::shared_ptr<const Source> source, std::string name,
             const YAML::Node& node, const YAML::Mark& mark)
      : source_(std::move(source)),
        name_(std::move(name)),
        node_(node),
        mark_(mark) {}

  bool IsPlainScalar() const;
  YamlReader Child(const std::string& name, const YAML::Node& node,
                   const YAML::Mark& mark) const;

  std::shared_ptr<const Source> source_;
  // What it is called in messages, such as "upstream.connect_timeout".
  std::string name_;
  YAML::Node node_;
  YAML::Mark mark_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_CONFIG_YAML_READER_H_
