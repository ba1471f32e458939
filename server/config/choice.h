// A value of a YAML file that is one of a few words, each with a meaning in the
// program. Pure; no locking.

#ifndef BURSAR_SERVER_CONFIG_CHOICE_H_
#define BURSAR_SERVER_CONFIG_CHOICE_H_

#include <string>
#include <utility>
#include <vector>

#include "server/config/yaml_map.h"

namespace bursar {

/// The value under `key` as one of `choices`, or `otherwise` if there is none
/// or it is wrong, which is noted.
template <typename T>
T ChoiceOr(const YamlMap& keys, const std::string& key, T otherwise,
           const std::vector<std::pair<std::string, T>>& choices) {
  const std::optional<YamlReader> value = keys.Find(key);
  if (!value) return otherwise;
  std::vector<std::string> words;
  words.reserve(choices.size());
  for (const auto& [word, choice] : choices) words.push_back(word);
  const std::string word = value->Word(words).value_or("");
  for (const auto& [name, choice] : choices) {
    if (name == word) return choice;
  }
  return otherwise;
}

}  // namespace bursar

#endif  // BURSAR_SERVER_CONFIG_CHOICE_H_
