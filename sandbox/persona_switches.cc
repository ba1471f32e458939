#include "sandbox/persona_switches.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "sandbox/persona_switch_table.h"

namespace bursar::sandbox {
namespace {

template <typename T>
using Words = std::vector<std::pair<absl::string_view, T>>;

Words<AccessTypeRule> WordsOf(AccessTypeRule) {
  return {{"online", AccessTypeRule::kOnline},
          {"offline", AccessTypeRule::kOffline},
          {"mandatory", AccessTypeRule::kMandatory},
          {"always", AccessTypeRule::kAlways}};
}
Words<ExpiryUnit> WordsOf(ExpiryUnit) {
  return {{"seconds", ExpiryUnit::kSeconds},
          {"milliseconds", ExpiryUnit::kMilliseconds},
          {"none", ExpiryUnit::kNone}};
}
Words<OnCap> WordsOf(OnCap) {
  return {{"evict", OnCap::kEvict}, {"deny", OnCap::kDeny}};
}
Words<CountedBy> WordsOf(CountedBy) {
  return {{"user", CountedBy::kUser},
          {"client", CountedBy::kClient},
          {"user_and_client", CountedBy::kUserAndClient}};
}
Words<ClientAuthentication> WordsOf(ClientAuthentication) {
  return {{"any", ClientAuthentication::kAny},
          {"basic", ClientAuthentication::kBasic},
          {"parameters", ClientAuthentication::kParameters}};
}
Words<ParameterPlace> WordsOf(ParameterPlace) {
  return {{"anywhere", ParameterPlace::kAnywhere},
          {"body", ParameterPlace::kBody},
          {"query", ParameterPlace::kQuery}};
}
Words<bool> WordsOf(bool) { return {{"true", true}, {"false", false}}; }

// Everything with words. The second argument tells the overloads apart.
template <typename T>
std::optional<T> Parse(absl::string_view text, T) {
  for (const auto& [word, meaning] : WordsOf(T{})) {
    if (word == text) return meaning;
  }
  return std::nullopt;
}

std::optional<int64_t> Parse(absl::string_view text, int64_t) {
  int64_t number = 0;
  if (!absl::SimpleAtoi(text, &number) || number < 0) return std::nullopt;
  return number;
}

std::optional<std::string> Parse(absl::string_view text, const std::string&) {
  return std::string(text);
}

std::optional<JsonObject> Parse(absl::string_view text, const JsonObject&) {
  const auto parsed =
      nlohmann::json::parse(text.begin(), text.end(), nullptr, false);
  if (!parsed.is_object()) return std::nullopt;
  return JsonObject{parsed.dump()};
}

std::optional<absl::Duration> Parse(absl::string_view text, absl::Duration) {
  if (text == "forever") return absl::InfiniteDuration();
  double seconds = 0;
  if (!absl::SimpleAtod(text, &seconds) || !(seconds >= 0)) return std::nullopt;
  return absl::Seconds(seconds);
}

template <typename T>
std::string Print(const T& value) {
  for (const auto& [word, meaning] : WordsOf(T{})) {
    if (meaning == value) return std::string(word);
  }
  return "";
}

std::string Print(const int64_t& value) { return absl::StrCat(value); }
std::string Print(const std::string& value) { return value; }
std::string Print(const JsonObject& value) { return value.text; }
std::string Print(const absl::Duration& value) {
  if (value == absl::InfiniteDuration()) return "forever";
  return absl::StrCat(absl::ToDoubleSeconds(value));
}

}  // namespace

absl::Status SetSwitch(Persona& persona, absl::string_view name,
                       absl::string_view value) {
  for (const Switch& known : SwitchTable()) {
    if (known.name != name) continue;
    const bool parsed = std::visit(
        [&](auto field) {
          auto meaning = Parse(value, persona.*field);
          if (meaning) persona.*field = *std::move(meaning);
          return meaning.has_value();
        },
        known.field);
    if (parsed) return absl::OkStatus();
    return absl::InvalidArgumentError(
        absl::StrCat("switch ", name, " cannot be \"", value, "\""));
  }
  return absl::NotFoundError(
      absl::StrCat("no switch is called \"", name, "\"; there are: ",
                   absl::StrJoin(SwitchTable(), ", ",
                                 [](std::string* out, const Switch& known) {
                                   absl::StrAppend(out, known.name);
                                 })));
}

std::vector<SwitchValue> Switches(const Persona& persona) {
  std::vector<SwitchValue> values;
  for (const Switch& known : SwitchTable()) {
    values.push_back(
        {std::string(known.name),
         std::visit([&](auto field) { return Print(persona.*field); },
                    known.field)});
  }
  return values;
}

}  // namespace bursar::sandbox
