#include "server/identity/bounded_json.h"

#include <cstddef>
#include <nlohmann/json.hpp>
#include <set>
#include <vector>

namespace bursar {
namespace {

using nlohmann::json;

constexpr int kDeepestJson = 16;

// Stops a parse at what is out of bounds. nlohmann's callbacks cannot end one,
// only drop values: what is dropped is noted.
class JsonBounds {
 public:
  bool Admit(int depth, json::parse_event_t event, const json& value) {
    if (depth > kDeepestJson) broken_ = true;
    if (broken_) return false;
    if (event == json::parse_event_t::object_start) {
      names_.resize(static_cast<std::size_t>(depth) + 1);
      names_.back().clear();
    } else if (event == json::parse_event_t::key) {
      names_.resize(static_cast<std::size_t>(depth));
      broken_ = !names_.back().insert(value.get<std::string>()).second;
    }
    return !broken_;
  }

  bool broken() const { return broken_; }

 private:
  // The names of each object that is open, the outermost first.
  std::vector<std::set<std::string>> names_;
  bool broken_ = false;
};

}  // namespace

std::optional<json> ParseBoundedObject(absl::string_view text) {
  JsonBounds bounds;
  json parsed = json::parse(
      text.begin(), text.end(),
      [&bounds](int depth, json::parse_event_t event, json& value) {
        return bounds.Admit(depth, event, value);
      },
      /*allow_exceptions=*/false);
  if (bounds.broken() || !parsed.is_object()) return std::nullopt;
  return parsed;
}

const json* Member(const json& object, const char* name) {
  const auto found = object.find(name);
  return found == object.end() ? nullptr : &*found;
}

std::string TextMemberOf(const json& object, const char* name) {
  const json* member = Member(object, name);
  return member != nullptr && member->is_string() ? member->get<std::string>()
                                                  : std::string();
}

}  // namespace bursar
