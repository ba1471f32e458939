// Parameters as text: application/x-www-form-urlencoded, for bodies and queries
// alike. Not thread-safe.

#ifndef BURSAR_SERVER_UPSTREAM_FORM_H_
#define BURSAR_SERVER_UPSTREAM_FORM_H_

#include <string>

#include "absl/strings/string_view.h"
#include "server/base/secret.h"
#include "server/upstream/secret_builder.h"

namespace bursar {

/// Appends `text` with everything but RFC 3986's unreserved characters as %XX.
/// A blank becomes %20, which decoders of forms and of queries both take.
void AppendPercentEncoded(absl::string_view text, SecretBuilder& out);

class Form {
 public:
  /// Appends `name=value`.
  void Add(absl::string_view name, absl::string_view value);

  bool empty() const { return text_.size() == 0; }

  /// The pairs in the order given, joined by '&'.
  absl::string_view text() const { return text_.text(); }

  /// The same; the form is empty afterwards.
  Secret Build() { return text_.Build(); }

 private:
  SecretBuilder text_;
};

/// The URL of `endpoint`: itself if it is absolute, otherwise `base` and it
/// joined by one slash; with `query` after '?', or after '&' where the endpoint
/// has a query already (RFC 6749 section 3.1).
Secret EndpointUrl(absl::string_view base, absl::string_view endpoint,
                   const Form& query);

}  // namespace bursar

#endif  // BURSAR_SERVER_UPSTREAM_FORM_H_
