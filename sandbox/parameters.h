// What a call says, wherever it says it: query string, urlencoded form,
// multipart form, JSON object or, for the client, HTTP Basic. Immutable.

#ifndef BURSAR_SANDBOX_PARAMETERS_H_
#define BURSAR_SANDBOX_PARAMETERS_H_

#include <httplib.h>

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "sandbox/persona_types.h"

namespace bursar::sandbox {

struct Credentials {
  std::string client_id;
  std::string client_secret;
};

class Parameters {
 public:
  /// Those of `request` that are in `place`; it outlives this object.
  explicit Parameters(const httplib::Request& request,
                      ParameterPlace place = ParameterPlace::kAnywhere);

  /// The first of that name; nullopt if there is none.
  std::optional<std::string> Find(absl::string_view name) const;

  /// The same, with "" for none.
  std::string Get(absl::string_view name) const;

  /// HTTP Basic's, or those of the parameters.
  Credentials credentials() const;

  /// Whether the request has an Authorization header of scheme Basic.
  bool HasBasic() const;

 private:
  const httplib::Request& request_;
  const httplib::Params params_;
  const bool multipart_;
};

}  // namespace bursar::sandbox

#endif  // BURSAR_SANDBOX_PARAMETERS_H_
