#include "server/config/yaml_reader.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "server/config/yaml_map.h"
#include "server/config/yaml_scan.h"
#include "yaml-cpp/yaml.h"

namespace bursar {
namespace {

// No honest configuration comes near.
constexpr std::size_t kMaxFileBytes = 1 << 20;

ConfigPlace PlaceOf(const std::string& file, const YAML::Mark& mark) {
  // yaml-cpp counts from 0, and -1 where it knows no place.
  if (mark.is_null()) return {file, 1, 1};
  return {file, mark.line + 1, mark.column + 1};
}

// What yaml-cpp says without what it quotes of the file.
std::string NotYaml(const YAML::Exception& error) {
  absl::string_view message = error.msg;
  if (absl::StartsWith(message, YAML::ErrorMsg::UNKNOWN_ANCHOR)) {
    message = YAML::ErrorMsg::UNKNOWN_ANCHOR;
  }
  return absl::StrCat("not YAML: ", message.substr(0, message.find(": ")));
}

}  // namespace

std::optional<YamlReader> YamlReader::Parse(const std::string& file,
                                            const std::string& folder,
                                            const std::string& text,
                                            ConfigErrors& errors) {
  auto source = std::make_shared<const Source>(Source{file, folder, errors});
  try {
    if (const std::optional<YamlFlaw> flaw = FindYamlFlaw(text)) {
      errors.Add(PlaceOf(file, flaw->mark), flaw->message);
      return std::nullopt;
    }
    const YAML::Node root = YAML::Load(text);
    return YamlReader(std::move(source), "", root, root.Mark());
  } catch (const YAML::Exception& error) {
    errors.Add(PlaceOf(file, error.mark), NotYaml(error));
    return std::nullopt;
  }
}

std::optional<YamlReader> YamlReader::Load(const std::string& path,
                                           const YamlReader* mention,
                                           ConfigErrors& errors) {
  const std::optional<std::string> text = LoadText(path, mention, errors);
  if (!text) return std::nullopt;
  const std::string folder = std::filesystem::path(path).parent_path();
  return Parse(path, folder, *text, errors);
}

std::optional<std::string> YamlReader::LoadText(const std::string& path,
                                                const YamlReader* mention,
                                                ConfigErrors& errors) {
  errno = 0;
  std::ifstream stream(path, std::ios::binary);
  std::string text(kMaxFileBytes + 1, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(stream.gcount()));
  std::string wrong;
  if (stream.bad() || (text.empty() && errno != 0)) {
    wrong = absl::StrCat("cannot be read: ", std::strerror(errno));
  } else if (text.size() > kMaxFileBytes) {
    wrong = "is larger than a configuration can be";
  }
  if (wrong.empty()) return text;
  if (mention) {
    mention->Fail(wrong);
  } else {
    errors.Add({path, 1, 1}, wrong);
  }
  return std::nullopt;
}

bool YamlReader::IsNull() const { return node_.IsNull(); }

bool YamlReader::IsList() const { return node_.IsSequence(); }

bool YamlReader::IsPlainScalar() const {
  return node_.IsScalar() && node_.Tag() == "?";
}

std::vector<YamlReader> YamlReader::Items() const {
  std::vector<YamlReader> items;
  if (!node_.IsSequence()) {
    Fail("must be a list");
    return items;
  }
  for (const YAML::Node& item : node_) {
    items.push_back(
        Child(absl::StrCat(name_, "[", items.size(), "]"), item, item.Mark()));
  }
  return items;
}

YamlMap YamlReader::Map() const {
  if (!node_.IsMap()) Fail("must be a map of keys and values");
  return YamlMap(*this);
}

std::string YamlReader::Resolve(const std::string& path) const {
  return std::filesystem::path(source_->folder) / path;
}

void YamlReader::Fail(absl::string_view message) const {
  const std::string subject = name_.empty() ? "the file" : name_;
  errors().Add(PlaceOf(source_->file, mark_),
               absl::StrCat(subject, " ", message));
}

YamlReader YamlReader::Child(const std::string& name, const YAML::Node& node,
                             const YAML::Mark& mark) const {
  return YamlReader(source_, name, node, mark);
}

}  // namespace bursar
