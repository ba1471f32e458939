// A person's browser: keeps cookies, follows redirects, fills in forms. What it
// shows is what the server sent; scripts do not run. Not thread-safe.

#ifndef BURSAR_TESTS_JOURNEY_HARNESS_BROWSER_H_
#define BURSAR_TESTS_JOURNEY_HARNESS_BROWSER_H_

#include <map>
#include <string>
#include <vector>

namespace bursar::journey {

/// What a browser shows.
struct Page {
  /// 0: no answer came.
  int status = 0;
  /// Where it ended after all redirects.
  std::string url;
  std::string body;
  std::map<std::string, std::string> headers;  ///< Names in lower case.
};

class Browser {
 public:
  using Fields = std::map<std::string, std::string>;

  /// `ca_file`: whom to trust beside the system's CAs; may be empty.
  explicit Browser(std::string ca_file = "") : ca_file_(std::move(ca_file)) {}

  /// Types `url` into the address bar.
  Page Open(const std::string& url);

  /// Fills in the page's first form, hidden fields as they came, and presses
  /// the button whose text or value contains `button`.
  Page Press(const Page& page, const std::string& button,
             const Fields& typed = {});

  /// Stops before URLs that begin so, as if the network ended there; the page
  /// has status 0 and that URL.
  void StopBefore(std::string url) { stop_before_ = std::move(url); }

  /// Every address that was opened, redirects too.
  const std::vector<std::string>& History() const { return history_; }

 private:
  Page Send(std::string method, std::string url, std::string body);

  const std::string ca_file_;
  std::string stop_before_;
  // By host, as browsers keep them, whatever the port.
  std::map<std::string, Fields> cookies_;
  std::vector<std::string> history_;
};

/// The value of a parameter in a URL's query, decoded; empty if it has none.
std::string QueryParameter(const std::string& url, const std::string& name);

}  // namespace bursar::journey

#endif  // BURSAR_TESTS_JOURNEY_HARNESS_BROWSER_H_
