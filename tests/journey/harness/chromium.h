// A Chromium, driven as a person would drive it: by what the page shows them,
// over WebDriver (https://www.w3.org/TR/webdriver2/). Its profile is its own
// and gone with it. A step that the page has no place for fails the test. Not
// thread-safe.

#ifndef BURSAR_TESTS_JOURNEY_HARNESS_CHROMIUM_H_
#define BURSAR_TESTS_JOURNEY_HARNESS_CHROMIUM_H_

#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/fakes/temporary_folder.h"
#include "tests/journey/harness/process.h"

namespace bursar::journey {

class Chromium {
 public:
  Chromium();
  ~Chromium();

  /// False: it or its driver is missing, or did not start.
  bool Start();

  /// Types `url` into the address bar.
  void Open(const std::string& url);

  /// Types into the field with that label, in place of what it holds.
  void Type(const std::string& label, const std::string& text);

  /// Marks the choice whose label begins so.
  void Choose(const std::string& label);

  /// Presses the button with that text and waits for the page that follows.
  void Press(const std::string& button);

  /// Presses it where the browser itself holds the form back; false if it does
  /// not.
  bool PressInVain(const std::string& button);

  /// What the address bar shows, fragment and all.
  std::string Address();

  /// What a person reads on the page.
  std::string Text();

  /// What stands beside `term` in the page's first list of terms that has it.
  std::string Described(const std::string& term);

 private:
  nlohmann::json Call(const std::string& method, const std::string& path,
                      const nlohmann::json& body);
  std::string Read(const std::string& path);
  std::string Find(const std::string& xpath);
  void Click(const std::string& xpath);
  nlohmann::json Run(const std::string& script);

  const TemporaryFolder folder_;
  std::unique_ptr<Process> driver_;
  std::string driver_url_;
  std::string session_;
};

}  // namespace bursar::journey

#endif  // BURSAR_TESTS_JOURNEY_HARNESS_CHROMIUM_H_
