#include "server/config/policy_limits.h"

#include <optional>
#include <set>
#include <string>
#include <utility>

#include "server/config/yaml_map.h"
#include "server/core/subject_pattern.h"

namespace bursar {
namespace {

constexpr Within<int64_t> kCounts = {1, 1'000'000};

// `limit` with what `keys` have of their own.
CallerLimit ApplyLimit(CallerLimit limit, const YamlMap& keys) {
  if (const auto calls = keys.Find("calls_per_second")) {
    limit.calls_per_second =
        calls->Integer(kCounts).value_or(limit.calls_per_second);
    limit.burst = 2 * limit.calls_per_second;
  }
  limit.burst = keys.IntegerOr("burst", limit.burst, {1, 10'000'000});
  limit.in_flight = keys.IntegerOr("in_flight", limit.in_flight, kCounts);
  limit.refreshes_per_minute = keys.IntegerOr(
      "refreshes_per_minute", limit.refreshes_per_minute, kCounts);
  return limit;
}

std::optional<SubjectLimit> ReadSubjectLimit(const YamlReader& entry,
                                             const CallerLimit& everyone) {
  const YamlMap keys = entry.Map();
  const std::optional<YamlReader> subject = keys.Require("subject");
  const CallerLimit limit = ApplyLimit(everyone, keys);
  const std::optional<std::string> text =
      subject ? subject->Text() : std::nullopt;
  if (!text) return std::nullopt;
  auto pattern = ParseSubject(*text);
  if (pattern.ok()) return SubjectLimit{*std::move(pattern), limit};
  subject->Fail(pattern.status().message());
  return std::nullopt;
}

}  // namespace

PolicyLimits ReadPolicyLimits(const YamlReader& section) {
  PolicyLimits limits;
  const YamlMap keys = section.Map();
  if (const auto everyone = keys.Find("default")) {
    limits.everyone = ApplyLimit(limits.everyone, everyone->Map());
  }
  const std::optional<YamlReader> list = keys.Find("subjects");
  if (!list) return limits;
  std::set<std::pair<std::string, bool>> seen;
  for (const YamlReader& item : list->Items()) {
    auto limit = ReadSubjectLimit(item, limits.everyone);
    if (!limit) continue;
    if (!seen.emplace(limit->subject.stem(), limit->subject.below()).second) {
      item.Fail("has the subject of another limit");
    }
    limits.subjects.push_back(*std::move(limit));
  }
  return limits;
}

}  // namespace bursar
