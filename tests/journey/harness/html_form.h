// The forms of a page, read the way a browser does as far as the pages at hand
// need it. Pure; no locking.

#ifndef BURSAR_TESTS_JOURNEY_HARNESS_HTML_FORM_H_
#define BURSAR_TESTS_JOURNEY_HARNESS_HTML_FORM_H_

#include <map>
#include <string>
#include <vector>

namespace bursar::journey {

struct HtmlForm {
  struct Button {
    std::string name;
    std::string value;
    /// What a person reads on it.
    std::string text;
  };

  std::string action;
  /// "GET" or "POST".
  std::string method;
  /// As they are when the page is shown.
  std::map<std::string, std::string> fields;
  std::vector<Button> buttons;
};

/// In the page's order.
std::vector<HtmlForm> FormsOf(const std::string& html);

}  // namespace bursar::journey

#endif  // BURSAR_TESTS_JOURNEY_HARNESS_HTML_FORM_H_
