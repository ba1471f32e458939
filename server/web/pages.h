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

  /// What a browser may load for these pages: their own style, by its hash
  /// (CSP level 2), and nothing else.
  const std::string& content_security_policy() const { return policy_; }

 private:
  std::map<std::string, WebPage> by_slug_;
  WebPage not_found_;
  WebPage bad_request_;
  std::string policy_;
};

}  // namespace bursar

#endif  // BURSAR_SERVER_WEB_PAGES_H_
