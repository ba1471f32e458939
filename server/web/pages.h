// The pages as HTML, made once from the files in pages/. Immutable.

#ifndef BURSAR_SERVER_WEB_PAGES_H_
#define BURSAR_SERVER_WEB_PAGES_H_

#include <map>
#include <string>

#include "server/web/outcome.h"

namespace bursar {

struct WebPage {
  int http_status = 200;
  std::string html;
};

class Pages {
 public:
  Pages();

  /// The page of that slug, or nullptr.
  const WebPage* Find(const std::string& slug) const;

  /// For every path where there is nothing.
  const WebPage& not_found() const { return not_found_; }

  /// For a request that the server cannot take.
  const WebPage& bad_request() const { return bad_request_; }

  /// Has the browser send on the fragment of its address, as the only field
  /// "fragment" of a form, to the same path without it.
  const WebPage& fragment() const { return fragment_; }

  /// What a browser may load for these pages: their own style, by its hash
  /// (CSP level 2), and nothing else.
  const std::string& content_security_policy() const { return policy_; }

  /// The same for fragment(): its own script too, and a form to us.
  const std::string& fragment_security_policy() const {
    return fragment_policy_;
  }

 private:
  std::map<std::string, WebPage> by_slug_;
  WebPage not_found_;
  WebPage bad_request_;
  WebPage fragment_;
  std::string policy_;
  std::string fragment_policy_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_WEB_PAGES_H_
