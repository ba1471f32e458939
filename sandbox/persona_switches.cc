#include "sandbox/persona_switches.h"

#include <optional>
#include <utility>
#include <variant>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace bursar::sandbox {
namespace {

// Several enumerations have words; one variant of member pointers keeps every
// switch a single line of the table.
using Field =
    std::variant<bool Persona::*, int64_t Persona::*, std::string Persona::*,
                 absl::Duration Persona::*, AccessTypeRule Persona::*,
                 ExpiryUnit Persona::*, OnCap Persona::*, CountedBy Persona::*>;

struct Switch {
  absl::string_view name;
  Field field;
};

const std::vector<Switch>& Table() {
  static const auto& table = *new std::vector<Switch>{
      {"access_type", &Persona::access_type},
      {"state_mandatory", &Persona::state_mandatory},
      {"mobile_needs_pkce", &Persona::mobile_needs_pkce},
      {"code_lifetime_seconds", &Persona::code_lifetime},
      {"codes_per_window", &Persona::codes_per_window},
      {"code_window_seconds", &Persona::code_window},
      {"access_token_lifetime_seconds", &Persona::access_token_lifetime},
      {"expires_in_unit", &Persona::expires_in_unit},
      {"expires_in_sec_field", &Persona::expires_in_sec_field},
      {"scope_in_answer", &Persona::scope_in_answer},
      {"scope_separator", &Persona::scope_separator},
      {"api_domain_in_answer", &Persona::api_domain_in_answer},
      {"error_status", &Persona::error_status},
      {"dead_error", &Persona::dead_error},
      {"throttle_status", &Persona::throttle_status},
      {"throttle_text", &Persona::throttle_text},
      {"redirect_uri_on_refresh", &Persona::redirect_uri_on_refresh},
      {"scope_narrowing", &Persona::scope_narrowing},
      {"rotation", &Persona::rotation},
      {"rotate_after_seconds", &Persona::rotate_after},
      {"rotation_grace_seconds", &Persona::rotation_grace},
      {"reuse_kills_family", &Persona::reuse_kills_family},
      {"rotation_kills_access_tokens", &Persona::rotation_kills_access_tokens},
      {"refresh_token_lifetime_seconds", &Persona::refresh_token_lifetime},
      {"refresh_token_idle_lifetime_seconds",
       &Persona::refresh_token_idle_lifetime},
      {"refresh_token_use_limit", &Persona::refresh_token_use_limit},
      {"refresh_token_cap", &Persona::refresh_token_cap},
      {"refresh_tokens_counted_by", &Persona::refresh_tokens_counted_by},
      {"on_cap", &Persona::on_cap},
      {"refresh_tokens_per_window", &Persona::refresh_tokens_per_window},
      {"refresh_token_window_seconds", &Persona::refresh_token_window},
      {"live_access_token_cap", &Persona::live_access_token_cap},
      {"access_tokens_per_window", &Persona::access_tokens_per_window},
      {"access_token_window_seconds", &Persona::access_token_window},
      {"sliding_windows", &Persona::sliding_windows},
      {"revocation_by_value", &Persona::revocation_by_value},
      {"revocation_by_client", &Persona::revocation_by_client},
      {"revoke_unknown_status", &Persona::revoke_unknown_status},
      {"authorization_scheme", &Persona::authorization_scheme},
      {"access_token_single_use", &Persona::access_token_single_use},
      {"device_code_lifetime_seconds", &Persona::device_code_lifetime},
      {"device_interval_seconds", &Persona::device_interval},
      {"device_expires_in_unit", &Persona::device_expires_in_unit},
      {"organization_services", &Persona::organization_services},
  };
  return table;
}

template <typename T>
using Words = std::vector<std::pair<absl::string_view, T>>;

Words<AccessTypeRule> WordsOf(AccessTypeRule) {
  return {{"online", AccessTypeRule::kOnline},
          {"offline", AccessTypeRule::kOffline},
          {"mandatory", AccessTypeRule::kMandatory}};
}
Words<ExpiryUnit> WordsOf(ExpiryUnit) {
  return {{"seconds", ExpiryUnit::kSeconds},
          {"milliseconds", ExpiryUnit::kMilliseconds}};
}
Words<OnCap> WordsOf(OnCap) {
  return {{"evict", OnCap::kEvict}, {"deny", OnCap::kDeny}};
}
Words<CountedBy> WordsOf(CountedBy) {
  return {{"user", CountedBy::kUser},
          {"client", CountedBy::kClient},
          {"user_and_client", CountedBy::kUserAndClient}};
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
std::string Print(const absl::Duration& value) {
  if (value == absl::InfiniteDuration()) return "forever";
  return absl::StrCat(absl::ToDoubleSeconds(value));
}

}  // namespace

absl::Status SetSwitch(Persona& persona, absl::string_view name,
                       absl::string_view value) {
  for (const Switch& known : Table()) {
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
  return absl::NotFoundError(absl::StrCat(
      "no switch is called \"", name, "\"; there are: ",
      absl::StrJoin(Table(), ", ", [](std::string* out, const Switch& known) {
        absl::StrAppend(out, known.name);
      })));
}

std::vector<SwitchValue> Switches(const Persona& persona) {
  std::vector<SwitchValue> values;
  for (const Switch& known : Table()) {
    values.push_back(
        {std::string(known.name),
         std::visit([&](auto field) { return Print(persona.*field); },
                    known.field)});
  }
  return values;
}

}  // namespace bursar::sandbox
